namespace Fukami.Course;

/// <summary>How to use it at work.</summary>
/// <param name="Markdown">The source text.</param>
public sealed record ApplyBlock(string Markdown) : Block;
