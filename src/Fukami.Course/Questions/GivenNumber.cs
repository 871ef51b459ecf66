namespace Fukami.Course;

/// <summary>A number.</summary>
public sealed record GivenNumber(double Value) : GivenAnswer;
