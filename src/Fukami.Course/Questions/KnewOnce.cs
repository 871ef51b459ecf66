namespace Fukami.Course;

/// <summary>“I knew this once.”</summary>
public sealed record KnewOnce : GivenAnswer;
