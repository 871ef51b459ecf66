namespace Fukami.Course;

/// <summary>Words.</summary>
public sealed record GivenText(string Text) : GivenAnswer;
