using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami experiment run ID --sweep NAME=a,b,c</c>: every combination, on the screen, as files, and kept in a folder to be resumed.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="outputs">The files asked for.</param>
/// <param name="stop">Stops the sweep; finished trials are kept.</param>
internal sealed class ExperimentSweep(Terminal terminal, ReportOutputs outputs, CancellationToken stop)
{
    /// <summary>Runs it.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="path">The folder for finished trials, if one was given.</param>
    public int Run(Sweep sweep, string? path)
    {
        SweepFolder? folder = path is null ? null : new SweepFolder(path);
        outputs.Check();
        folder?.Prepare();
        RunTime.SayIfLong(terminal, sweep.Trials
            .Where(t => folder is null || !File.Exists(folder.FileOf(sweep.Experiment, t)))
            .Sum(sweep.Experiment.EstimateOperations));

        IReadOnlyList<SweepFinding> found;
        using (var progress = new ProgressLine(terminal))
        {
            found = sweep.Run(folder, progress, finding => Say(sweep, finding, progress), stop);
        }

        if (found.Count > 0)
        {
            if (!outputs.TakesOut)
            {
                new SweepScreen(terminal).Write(sweep, found);
            }

            outputs.Write(sweep, found);
        }

        return found.Count == sweep.Trials.Count ? ExitCode.Success : SayStopped(found.Count, sweep.Trials.Count, path);
    }

    private void Say(Sweep sweep, SweepFinding finding, ProgressLine progress)
    {
        if (finding.Damage is { } damage)
        {
            progress.Keep($"fukami: {terminal.Say(damage)}");
        }

        string label = sweep.Label(finding.Settings);
        string time = ProgressLine.Duration(TimeSpan.FromSeconds(finding.Report.ElapsedSeconds));
        progress.Keep(finding.Found ? terminal.Say($"{label}: finished before", $"{label}: 前回終了済み") : $"{label}: {time}");
    }

    private int SayStopped(int finished, int all, string? path)
    {
        terminal.Error.WriteLine(path is null
            ? terminal.Say(
                $"fukami: Stopped; {finished} of {all} trials are finished. With --out DIR they are kept, and the same command goes on where it stopped.",
                $"fukami: 中断しました。{all} 回の試行のうち {finished} 回が終わっています。--out DIR を付けると結果が残り、同じコマンドで続きから再開できます。")
            : terminal.Say(
                $"fukami: Stopped; {finished} of {all} trials are finished and kept in {path}. Run the same command again to go on.",
                $"fukami: 中断しました。{all} 回の試行のうち {finished} 回が終わり、{path} に残っています。同じコマンドをもう一度実行すると続きから再開します。"));
        return ExitCode.Interrupted;
    }
}
