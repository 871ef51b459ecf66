namespace Fukami.Course;

/// <summary>A piece of a session. The two languages of a session have the same blocks with the same ids.</summary>
public abstract record Block
{
    /// <summary>The stable name, unique in the session; for plain text, which has none, made from its section and place.</summary>
    public required string Id { get; init; }

    /// <summary>The line in the file at which it begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The blocks within; none but for <see cref="WhenBlock"/>.</summary>
    public virtual IReadOnlyList<Block> Inner => [];
}
