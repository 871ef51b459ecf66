namespace Fukami.Course;

/// <summary>The baseline test was begun.</summary>
/// <param name="Seed">What is drawn in it follows from this.</param>
public sealed record BaselineStarted(ulong Seed) : StudyEvent;
