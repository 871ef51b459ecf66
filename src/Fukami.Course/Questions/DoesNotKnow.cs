namespace Fukami.Course;

/// <summary>“I don't know.”</summary>
public sealed record DoesNotKnow : GivenAnswer;
