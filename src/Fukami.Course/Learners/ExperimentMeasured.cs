namespace Fukami.Course;

/// <summary>An experiment of a session was run.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="Block">The experiment block's id.</param>
/// <param name="Experiment">The experiment's id.</param>
/// <param name="Settings">All settings.</param>
/// <param name="Figures">The claims' measured figures by <c>claim@subject</c>.</param>
/// <param name="Verdicts">The claims' verdicts by <c>claim@subject</c>.</param>
/// <param name="Fingerprint">The report's fingerprint.</param>
public sealed record ExperimentMeasured(
    string Session, string Block, string Experiment, IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, double> Figures, IReadOnlyDictionary<string, string> Verdicts, string Fingerprint) : StudyEvent;
