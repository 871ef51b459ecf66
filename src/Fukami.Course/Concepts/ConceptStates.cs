namespace Fukami.Course;

/// <summary>The states of a concept by the names that files use.</summary>
public static class ConceptStates
{
    private static readonly (ConceptState State, string Name)[] Names =
    [
        (ConceptState.NotSeen, "not-seen"),
        (ConceptState.Wrong, "wrong"),
        (ConceptState.Unknown, "unknown"),
        (ConceptState.Forgotten, "forgotten"),
        (ConceptState.Learning, "learning"),
        (ConceptState.Known, "known"),
    ];

    /// <summary>All names, for a sentence.</summary>
    public static string AllNames { get; } = string.Join(", ", Names.Select(entry => entry.Name));

    /// <summary>The state of this name, or none.</summary>
    public static ConceptState? Parse(string name)
    {
        foreach ((ConceptState state, string known) in Names)
        {
            if (string.Equals(name, known, StringComparison.Ordinal))
            {
                return state;
            }
        }

        return null;
    }

    /// <summary>The name that files use.</summary>
    public static string Name(this ConceptState state) => Names[(int)state].Name;
}
