using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Cli;

/// <summary><c>fukami experiment run all</c>: every experiment, a page and a JSON file for each, and an index that is right at any moment.</summary>
/// <param name="terminal">Where to say what happens.</param>
/// <param name="experiments">The experiments.</param>
/// <param name="folder">Where the pages go.</param>
/// <param name="stop">Stops the run; what is finished is kept.</param>
internal sealed class ExperimentRunAll(Terminal terminal, IReadOnlyList<Experiment> experiments, string folder, CancellationToken stop)
{
    private readonly List<IndexEntry> entries = [];

    /// <summary>Where the pages go unless a folder is given.</summary>
    public const string DefaultFolder = "fukami-reports";

    /// <summary>Runs them all.</summary>
    /// <param name="assignments">Settings for all of them: seeds and seed.</param>
    public int Run(IReadOnlyList<string> assignments)
    {
        SettingValues[] settings = [.. experiments.Select(e => e.Defaults.With(assignments))];
        double operations = experiments.Zip(settings, (e, s) => e.EstimateOperations(s)).Sum();
        OutputFolder.Prepare(folder);
        ProbePage();
        string about = ProgressLine.Duration(TimeSpan.FromSeconds(Math.Max(experiments.Count, RunTime.Of(operations).TotalSeconds)));
        terminal.Error.WriteLine(terminal.Say(
            $"{experiments.Count} experiments, about {about}; Ctrl-C stops and keeps the reports that are finished.",
            $"{experiments.Count} 件の実験を実行します。約 {about} かかります。Ctrl-C で中断しても、終わったレポートは残ります。"));

        int column = experiments.Max(e => e.Id.Length) + 2;
        using (var progress = new ProgressLine(terminal))
        {
            for (int i = 0; i < experiments.Count && !stop.IsCancellationRequested; i++)
            {
                Run(experiments[i], settings[i], new PartOfProgress(progress, i, experiments.Count, experiments[i].Id));
                if (entries.Count > i)
                {
                    progress.Keep(DisplayWidth.PadRight(entries[i].Experiment.Id, column) + Outcome(entries[i]));
                    WriteIndex();
                }
            }
        }

        return Finish();
    }

    private void Run(Experiment experiment, SettingValues settings, IProgress<ExperimentProgress> progress)
    {
        try
        {
            experiment.Check(settings);
            Report report = experiment.Run(settings, progress, stop);
            if (!report.Interrupted)
            {
                AtomicFile.Write(Path.Combine(folder, $"{experiment.Id}.json"), stream => ReportJson.Write(report, stream));
                AtomicFile.Write(Path.Combine(folder, $"{experiment.Id}.html"), stream => WritePage(report, stream));
                entries.Add(new IndexEntry(experiment, report));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // what is finished stands in the index
        }
        catch (OutputException)
        {
            throw; // the others could not be written either
        }
        catch (Exception e)
        {
            if (terminal.Debug)
            {
                terminal.Error.WriteLine(e);
            }

            entries.Add(new IndexEntry(experiment, null, Sentence(e)));
        }
    }

    private static LocalizedText Sentence(Exception e) => e is LabException lab ? lab.Sentence
        : e is SettingsException or CheckpointException or TrainingException or TokenizerException ? new LocalizedText(e.Message, e.Message)
        : new LocalizedText($"{e.GetType().Name}: {e.Message}", $"{e.GetType().Name}: {e.Message}");

    private string Outcome(IndexEntry entry)
    {
        if (entry.Report is not { } report)
        {
            return terminal.Say($"failed: {entry.Failure!.English}", $"失敗: {entry.Failure!.Japanese}");
        }

        string counts = string.Join(", ", Enum.GetValues<Verdict>().OrderBy(v => v == Verdict.Inconclusive)
            .Select(v => $"{report.Claims.Count(c => c.Verdict == v)} {terminal.Say(v.Label())}"));
        return $"{counts}  {ProgressLine.Duration(TimeSpan.FromSeconds(report.ElapsedSeconds))}";
    }

    private int Finish()
    {
        string index = Path.Combine(folder, "index.html");
        int failed = entries.Count(e => e.Report is null);
        if (entries.Count > 0)
        {
            terminal.Out.WriteLine(index);
        }

        if (entries.Count < experiments.Count)
        {
            terminal.Error.WriteLine(terminal.Say(
                $"fukami: Stopped; {entries.Count} of {experiments.Count} experiments are finished, and their reports are kept.",
                $"fukami: 中断しました。{experiments.Count} 件のうち {entries.Count} 件の実験が終わり、そのレポートは残っています。"));
            return ExitCode.Interrupted;
        }

        if (failed > 0)
        {
            string which = string.Join(", ", entries.Where(e => e.Report is null).Select(e => e.Experiment.Id));
            terminal.Error.WriteLine(terminal.Say(
                $"fukami: {failed} of {experiments.Count} experiments failed ({which}); the others' reports are written.",
                $"fukami: {experiments.Count} 件のうち {failed} 件の実験が失敗しました（{which}）。ほかのレポートは書き出しました。"));
            return ExitCode.Failure;
        }

        return ExitCode.Success;
    }

    private void WriteIndex() => AtomicFile.Write(Path.Combine(folder, "index.html"), stream => IndexHtml.Write(entries, experiments.Count, stream, terminal.Language));

    // on their own, so that the plotting library is loaded only here
    private void ProbePage() => ReportHtml.Probe(Path.Combine(folder, "index.html"), terminal.Language);

    private void WritePage(Report report, Stream stream) => ReportHtml.Write(report, stream, terminal.Language);
}
