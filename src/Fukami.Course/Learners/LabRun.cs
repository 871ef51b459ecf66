namespace Fukami.Course;

/// <summary>An experiment was run in the lab, outside any session.</summary>
/// <param name="Experiment">The experiment's id.</param>
/// <param name="Changes">The settings that were not the defaults.</param>
/// <param name="Figures">The claims' measured figures by <c>claim@subject</c>.</param>
/// <param name="Verdicts">The claims' verdicts by <c>claim@subject</c>.</param>
/// <param name="Fingerprint">The report's fingerprint.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record LabRun(
    string Experiment, IReadOnlyDictionary<string, string> Changes, IReadOnlyDictionary<string, double> Figures, IReadOnlyDictionary<string, string> Verdicts, string Fingerprint, double Seconds) : StudyEvent;
