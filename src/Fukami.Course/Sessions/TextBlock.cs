namespace Fukami.Course;

/// <summary>Plain Markdown.</summary>
/// <param name="Markdown">The source text.</param>
public sealed record TextBlock(string Markdown) : Block;
