namespace Fukami.Course;

/// <summary>What the next session brings.</summary>
/// <param name="Markdown">The source text.</param>
public sealed record PreviewBlock(string Markdown) : Block;
