namespace Fukami.Transformers;

/// <summary>Finds a line of a table of choices.</summary>
internal static class ChoiceTable
{
    /// <summary>The line of this name.</summary>
    /// <exception cref="SettingsException">No line has it.</exception>
    public static T Find<T>(IReadOnlyList<T> choices, string setting, string name)
        where T : Choice
    {
        foreach (T choice in choices)
        {
            if (string.Equals(choice.Name, name, StringComparison.Ordinal))
            {
                return choice;
            }
        }

        throw new SettingsException($"{setting} is {name}; it must be one of {string.Join(", ", choices.Select(choice => choice.Name))}.");
    }
}
