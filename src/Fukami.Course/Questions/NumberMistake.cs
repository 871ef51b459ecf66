namespace Fukami.Course;

/// <summary>A wrong number that names its mistake.</summary>
/// <param name="Value">The number.</param>
/// <param name="Misconception">The misconception's id.</param>
public sealed record NumberMistake(double Value, string Misconception);
