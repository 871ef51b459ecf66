namespace Fukami.Lab;

/// <summary>How far a run has come.</summary>
/// <param name="Done">The share of the work that is done, 0 to 1.</param>
/// <param name="Doing">What was finished last, with its first figures where there are some.</param>
public sealed record ExperimentProgress(double Done, LocalizedText Doing)
{
    /// <summary>
    /// Makes the report of what is finished, marked as <see cref="Report.Partial"/> while something is missing; null before the first figure. Nothing is computed unless
    /// it is called, at any time and on any thread: the report is of what is finished by then, and never of less than an earlier one. The run goes on meanwhile,
    /// unless it is called inside <see cref="IProgress{T}.Report"/>, which the run waits for.
    /// </summary>
    public Func<Report>? SoFar { get; init; }
}
