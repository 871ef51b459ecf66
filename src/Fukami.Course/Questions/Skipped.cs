namespace Fukami.Course;

/// <summary>No answer; the learner went on.</summary>
public sealed record Skipped : GivenAnswer;
