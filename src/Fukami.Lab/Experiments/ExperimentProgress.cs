namespace Fukami.Lab;

/// <summary>How far a run has come.</summary>
/// <param name="Done">The share of the work that is done, 0 to 1.</param>
/// <param name="Doing">What was finished last, with its first figures where there are some.</param>
public sealed record ExperimentProgress(double Done, LocalizedText Doing);
