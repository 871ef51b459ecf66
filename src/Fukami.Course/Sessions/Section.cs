namespace Fukami.Course;

/// <summary>A part of a session under a heading of the second level.</summary>
/// <param name="Id">The stable name, the same in both languages.</param>
/// <param name="Title">The heading.</param>
/// <param name="Minutes">Minutes planned for it.</param>
/// <param name="Line">The line of the heading, from 1.</param>
/// <param name="Blocks">Its blocks in order.</param>
public sealed record Section(string Id, string Title, double Minutes, int Line, IReadOnlyList<Block> Blocks);
