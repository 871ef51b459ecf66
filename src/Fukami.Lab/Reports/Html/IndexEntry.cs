namespace Fukami.Lab;

/// <summary>An experiment in the index of a run of all: its report, or why there is none.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Report">What it found.</param>
/// <param name="Failure">Where it failed: the sentence that says why.</param>
public sealed record IndexEntry(Experiment Experiment, Report? Report, LocalizedText? Failure = null);
