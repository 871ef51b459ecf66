namespace Fukami.Course;

/// <summary>The baseline test ended.</summary>
public sealed record BaselineFinished : StudyEvent;
