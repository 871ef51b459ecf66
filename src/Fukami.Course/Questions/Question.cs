namespace Fukami.Course;

/// <summary>A question.</summary>
public abstract record Question : Block
{
    /// <summary>Ids of the concepts that it asks about; at least one.</summary>
    public required IReadOnlyList<string> Concepts { get; init; }

    /// <summary>The question, in Markdown.</summary>
    public required string Prompt { get; init; }
}
