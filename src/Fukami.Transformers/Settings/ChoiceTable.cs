namespace Fukami.Transformers;

/// <summary>Finds a line of a table of choices.</summary>
internal static class ChoiceTable
{
    private static readonly AsyncLocal<Choice?> StandIn = new();

    /// <summary>The line of this name.</summary>
    /// <exception cref="SettingsException">No line has it.</exception>
    public static T Find<T>(IReadOnlyList<T> choices, string setting, string name)
        where T : Choice
    {
        if (StandIn.Value is T standIn && string.Equals(standIn.Name, name, StringComparison.Ordinal))
        {
            return standIn;
        }

        foreach (T choice in choices)
        {
            if (string.Equals(choice.Name, name, StringComparison.Ordinal))
            {
                return choice;
            }
        }

        throw new SettingsException($"{setting} is {name}; it must be one of {string.Join(", ", choices.Select(choice => choice.Name))}.");
    }

    /// <summary>
    /// From now on and until the result is disposed, models that are built here, or in threads that are started from here, find this line in the place
    /// of the one of its name. Tests put broken parts in, to see that the lab's claims notice.
    /// </summary>
    public static IDisposable Substitute(Choice standIn)
    {
        StandIn.Value = standIn;
        return new Restoring();
    }

    private sealed class Restoring : IDisposable
    {
        public void Dispose() => StandIn.Value = null;
    }
}
