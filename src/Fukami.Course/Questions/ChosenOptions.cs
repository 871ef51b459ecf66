namespace Fukami.Course;

/// <summary>Options, by their ids.</summary>
public sealed record ChosenOptions(IReadOnlyList<string> Options) : GivenAnswer;
