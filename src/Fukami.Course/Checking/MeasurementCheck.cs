using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Whether the measurements say what the lesson says: every experiment of the course is run, and verdicts and keys are compared.</summary>
/// <param name="course">The course.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class MeasurementCheck(CourseContent course, ICollection<CourseFault> faults)
{
    private readonly Dictionary<string, Report> reports = new(StringComparer.Ordinal);

    /// <summary>Runs the experiments, each once for the same settings.</summary>
    public void Run(IProgress<string>? progress, CancellationToken cancellation)
    {
        foreach (Session session in course.Every)
        {
            var list = new FaultList(course.FileOf(session), faults);
            foreach (Block block in session.AllBlocks)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    Check(block, list, progress, cancellation);
                }
                catch (LabException e)
                {
                    list.Add(block.Line, e.Sentence.English, e.Sentence.Japanese);
                }
            }
        }
    }

    private void Check(Block block, FaultList list, IProgress<string>? progress, CancellationToken cancellation)
    {
        switch (block)
        {
            case ExperimentBlock experiment when ExperimentCatalog.Find(experiment.Experiment) is { } found:
                Report report = Measure(found, SessionExperiment.Settings(found, experiment), progress, cancellation);
                foreach ((string claim, string verdict) in experiment.Expect)
                {
                    CheckVerdict(report, claim, verdict, list, experiment.Line);
                }

                break;
            case ChoiceQuestion choice:
                foreach (AnswerOption option in choice.Options)
                {
                    if (option.Measured is { } measured && MeasuredKey.Parse(measured) is { } key && ExperimentCatalog.Find(key.Experiment) is { } decides)
                    {
                        CheckKey(Measure(decides, decides.Defaults, progress, cancellation), key, option, list, choice.Line);
                    }
                }

                break;
            default:
                break;
        }
    }

    private Report Measure(Experiment experiment, SettingValues settings, IProgress<string>? progress, CancellationToken cancellation)
    {
        string key = $"{experiment.Id} {string.Join(' ', experiment.Settings.Select(setting => $"{setting.Name}={settings.Text(setting.Name)}"))}";
        if (!reports.TryGetValue(key, out Report? report))
        {
            progress?.Report(experiment.Id);
            report = experiment.Run(settings, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            reports.Add(key, report);
        }

        return report;
    }

    private static void CheckVerdict(Report report, string claim, string expected, FaultList list, int line)
    {
        if (SessionExperiment.VerdictOf(report, claim) is not { } verdict)
        {
            list.Add(line, $"The report of {report.Experiment.Id} has no “{claim}”; it has: {All(report, claim)}.", $"{report.Experiment.Id} の結果に「{claim}」がありません。あるのは {All(report, claim)} です。");
        }
        else if (!string.Equals(verdict.Name(), expected, StringComparison.Ordinal))
        {
            list.Add(line, $"The lesson says that {claim} is {expected}; measured, it is {verdict.Name()}.", $"本文では {claim} は {expected} ですが、測定の結果は {verdict.Name()} です。");
        }
    }

    private static void CheckKey(Report report, MeasuredKey key, AnswerOption option, FaultList list, int line)
    {
        if (SessionExperiment.VerdictOf(report, key.Claim) is not { } verdict)
        {
            list.Add(line, $"The report of {key.Experiment} has no “{key.Claim}”; it has: {All(report, key.Claim)}.", $"{key.Experiment} の結果に「{key.Claim}」がありません。あるのは {All(report, key.Claim)} です。");
        }
        else if (option.IsRight != string.Equals(verdict.Name(), key.Verdict, StringComparison.Ordinal))
        {
            list.Add(line, $"The option “{option.Id}” is marked as {(option.IsRight ? "right" : "wrong")}, and the measurement of {key.Experiment}/{key.Claim} ({verdict.Name()}) says otherwise.", $"選択肢「{option.Id}」は{(option.IsRight ? "正解" : "不正解")}とされていますが、{key.Experiment}/{key.Claim} の測定（{verdict.Name()}）はそうなりません。");
        }
    }

    private static string All(Report report, string claim)
    {
        string id = claim.Split('@')[0];
        string[] subjects = [.. report.Claims.Where(result => string.Equals(result.Claim.Id, id, StringComparison.Ordinal)).Select(result => $"{id}@{result.Subject}")];
        return string.Join(", ", subjects.Length > 0 ? subjects : report.Claims.Select(result => result.Claim.Id).Distinct(StringComparer.Ordinal));
    }
}
