namespace Fukami.Course;

/// <summary>An experiment that the learner runs here.</summary>
/// <param name="Experiment">The experiment's id.</param>
/// <param name="Preset">A preset to start from; none for the defaults.</param>
/// <param name="Settings">Settings that differ, by name.</param>
/// <param name="Expect">What the lesson says of each claim: claim id, or <c>claim@subject</c>, with the verdict (supported, refuted). The course check runs it.</param>
/// <param name="Markdown">What to look at, in words.</param>
public sealed record ExperimentBlock(string Experiment, string? Preset, IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, string> Expect, string Markdown) : Block;
