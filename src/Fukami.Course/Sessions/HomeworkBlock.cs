namespace Fukami.Course;

/// <summary>Homework, always optional.</summary>
/// <param name="Markdown">The source text.</param>
public sealed record HomeworkBlock(string Markdown) : Block;
