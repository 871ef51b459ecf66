using Fukami.Lab;

namespace Fukami.Course;

/// <summary>An experiment as a session runs it.</summary>
public static class SessionExperiment
{
    /// <summary>The experiment of a block.</summary>
    /// <exception cref="CourseException">The lab has no such experiment.</exception>
    public static Experiment Find(ExperimentBlock block) => ExperimentCatalog.Find(block.Experiment) ?? throw new CourseException(new LocalizedText(
        $"There is no experiment “{block.Experiment}”; there are: {string.Join(", ", ExperimentCatalog.All.Select(known => known.Id))}.",
        $"「{block.Experiment}」という実験はありません。あるのは {string.Join(", ", ExperimentCatalog.All.Select(known => known.Id))} です。"));

    /// <summary>Its settings: the defaults, the preset's, the block's, and then the learner's.</summary>
    /// <exception cref="LabException">A setting is unknown or out of range, or the preset is.</exception>
    public static SettingValues Settings(Experiment experiment, ExperimentBlock block, IReadOnlyDictionary<string, string>? changes = null)
    {
        SettingValues settings = experiment.Defaults.With(block.Preset is null ? [] : experiment.Preset(block.Preset).Assignments);
        foreach ((string name, string value) in block.Settings.Concat(changes ?? new Dictionary<string, string>(StringComparer.Ordinal)))
        {
            settings = settings.With(name, value);
        }

        return settings;
    }

    /// <summary>The verdict of a claim in a report; a claim without a subject counts as refuted if any of its subjects is, and as supported if all are.</summary>
    /// <param name="report">The report.</param>
    /// <param name="claim">A claim's id, or <c>claim@subject</c>.</param>
    /// <returns>The verdict; none if the report has no such claim or subject.</returns>
    public static Verdict? VerdictOf(Report report, string claim)
    {
        int at = claim.IndexOf('@', StringComparison.Ordinal);
        string id = at < 0 ? claim : claim[..at];
        ClaimResult[] results = [.. report.Claims.Where(result => string.Equals(result.Claim.Id, id, StringComparison.Ordinal) && (at < 0 || string.Equals(result.Subject, claim[(at + 1)..], StringComparison.Ordinal)))];
        if (results.Length == 0)
        {
            return null;
        }

        return Array.TrueForAll(results, result => result.Verdict == Verdict.Supported) ? Verdict.Supported
            : Array.Exists(results, result => result.Verdict == Verdict.Refuted) ? Verdict.Refuted
            : Verdict.Inconclusive;
    }

    /// <summary>The claims' measured figures by <c>claim@subject</c>, without those that are not finite.</summary>
    public static IReadOnlyDictionary<string, double> Figures(Report report) =>
        report.Claims.Where(result => double.IsFinite(result.Measured.Estimate)).GroupBy(Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Measured.Estimate, StringComparer.Ordinal);

    /// <summary>The claims' verdicts by <c>claim@subject</c>.</summary>
    public static IReadOnlyDictionary<string, string> Verdicts(Report report) =>
        report.Claims.GroupBy(Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Verdict.Name(), StringComparer.Ordinal);

    internal static ExperimentMeasured Measured(string session, ExperimentBlock block, Report report, DateTimeOffset at) => new(
        session,
        block.Id,
        block.Experiment,
        report.Experiment.Settings.ToDictionary(setting => setting.Name, setting => report.Settings.Text(setting.Name), StringComparer.Ordinal),
        Figures(report),
        Verdicts(report),
        report.Fingerprint)
    {
        At = at,
    };

    private static string Key(ClaimResult result) => $"{result.Claim.Id}@{result.Subject}";
}
