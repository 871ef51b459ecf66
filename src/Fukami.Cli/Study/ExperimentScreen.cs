using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>An experiment within a session: its settings, which may be changed, its run, its report, and the predictions that it answers.</summary>
internal sealed class ExperimentScreen(StudyScreen screen, StudyRun run)
{
    private Report? last;

    /// <summary>Shows the experiment, and runs it as often as the learner wants.</summary>
    public async Task<StepMove> ShowAsync(ExperimentBlock block)
    {
        Experiment experiment = SessionExperiment.Find(block);
        var changes = new Dictionary<string, string>(StringComparer.Ordinal);
        screen.Paragraph($"{Ink.Bold(screen.Say("Experiment", "実験"))} {Ink.Code(experiment.Id)}: {experiment.Question.In(screen.Language)}");
        screen.Blank();
        screen.Lesson(run.Fill(block.Markdown));
        screen.Blank();
        Settings(experiment, block, changes);
        bool wasRun = run.State.Session(run.Session.Id)?.Measured.ContainsKey(block.Id) == true;
        Compare(block, wasRun);
        string hint = Hint(wasRun, isFull: true);
        while (true)
        {
            string line = await screen.AskAsync(hint);
            string typed = TypedText.Command(line);
            switch (typed)
            {
                case "q":
                    throw new StudyPausedException(isInterrupted: false);
                case "b":
                    return StepMove.Back;
                case "s":
                    return StepMove.Next;
                case "" when wasRun:
                    return StepMove.Next;
                case "?":
                    screen.Paragraph(screen.Say(
                        $"The settings stand above; “{Some(experiment)}” changes one, and several are parted by spaces. Ctrl-C stops a run, and the session goes on.",
                        $"設定は上の一覧のとおりです。「{Some(experiment)}」のように入力すると変えられます。複数なら空白で区切ります。実行中の Ctrl-C は実験だけを止め、セッションは続きます。"));
                    hint = Hint(wasRun, isFull: true);
                    continue;
                case "w" when last is not null:
                    screen.Blank();
                    new ReportScreen(screen.Terminal).Write(last);
                    screen.Blank();
                    hint = Hint(wasRun, isFull: false);
                    continue;
                case "" or "r":
                    break;
                default:
                    if (!Change(experiment, block, changes, TypedText.Narrow(line)))
                    {
                        hint = "";
                        continue;
                    }

                    break;
            }

            wasRun |= await RunAsync(experiment, block, changes);
            changes.Clear();
            hint = Hint(wasRun, isFull: false);
        }
    }

    // whether the settings can be run
    private bool Change(Experiment experiment, ExperimentBlock block, Dictionary<string, string> changes, string typed)
    {
        foreach (string assignment in typed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                changes.Clear();
                screen.Paragraph(screen.Say(
                    $"“{Ink.Harmless(assignment)}” is no setting; write NAME=VALUE, such as {Some(experiment)}, or Enter to run it as it is.",
                    $"「{Ink.Harmless(assignment)}」は設定として読めません。{Some(experiment)} のように「名前=値」で入力するか、Enter でそのまま実行してください。"));
                return false;
            }

            changes[assignment[..equals]] = assignment[(equals + 1)..];
        }

        try
        {
            experiment.Check(SessionExperiment.Settings(experiment, block, changes));
            return true;
        }
        catch (LabException e)
        {
            changes.Clear();
            screen.Paragraph(e.Sentence.In(screen.Language));
            return false;
        }
    }

    private async Task<bool> RunAsync(Experiment experiment, ExperimentBlock block, Dictionary<string, string> changes)
    {
        Terminal terminal = screen.Terminal;
        try
        {
            RunTime.SayIfLong(terminal, experiment.EstimateOperations(SessionExperiment.Settings(experiment, block, changes)));
            Report report;
            using (var progress = new ProgressLine(terminal))
            {
                report = await terminal.Interrupts.StoppableAsync(stop => run.MeasureAsync(block, changes, progress, cancellation: stop), screen.Stop);
            }

            if (screen.Stop.IsCancellationRequested)
            {
                throw new StudyPausedException(isInterrupted: true);
            }

            last = report;
            new ReportScreen(terminal).WriteShort(report, Claims(block, report));
            screen.Blank();
            if (report.Interrupted)
            {
                screen.Paragraph(screen.Say("Stopped; these figures rest on the seeds that were finished, and are not kept.", "中断しました。数値は終わったシードだけに基づくもので、記録には残しません。"));
                return false;
            }

            if (changes.Count > 0)
            {
                screen.Paragraph(screen.Say("Run with your settings; the session keeps the figures of its own.", "変えた設定での結果です。セッションの記録には、もとの設定の数値を使います。"));
                return false;
            }

            Compare(block, wasRun: true);
            return true;
        }
        catch (OperationCanceledException)
        {
            if (screen.Stop.IsCancellationRequested)
            {
                throw new StudyPausedException(isInterrupted: true);
            }

            screen.Blank();
            screen.Paragraph(screen.Say("The experiment was stopped; the session goes on.", "実験を中断しました。セッションは続けられます。"));
            return false;
        }
        catch (LabException e) when (e is not CourseException)
        {
            screen.Paragraph(e.Sentence.In(screen.Language));
            return false;
        }
    }

    // what the lesson says of the experiment, and what it asked to be predicted; all of it if that is nothing
    private string[] Claims(ExperimentBlock block, Report report)
    {
        string[] named = [.. block.Expect.Keys, .. run.Session.Questions.OfType<PredictQuestion>().Where(question => string.Equals(question.Experiment, block.Id, StringComparison.Ordinal)).Select(question => $"{question.Claim}@{question.Subject}")];
        return named.Length > 0 ? named : [.. report.Claims.Select(result => result.Claim.Id)];
    }

    private void Compare(ExperimentBlock block, bool wasRun)
    {
        foreach (MeasuredPrediction prediction in wasRun ? run.Predictions(block) : [])
        {
            screen.Paragraph(Ink.Bold(screen.Say("Your prediction", "あなたの予想")));
            screen.Paragraph($"{prediction.Question.Unit}: {PredictionText.Of(prediction, screen.Language)}", 2, 2);
            screen.Blank();
        }
    }

    private void Settings(Experiment experiment, ExperimentBlock block, Dictionary<string, string> changes)
    {
        SettingValues settings = SessionExperiment.Settings(experiment, block, changes);
        string shown = string.Join("  ", experiment.Settings.Where(setting => settings.Text(setting.Name).Length > 0).Select(setting => $"{setting.Name}={settings.Text(setting.Name)}"));
        screen.Paragraph(Ink.Dim(shown), 2);
        screen.Blank();
    }

    private string Hint(bool wasRun, bool isFull) => wasRun
        ? last is null
            ? screen.Say("Enter: go on · NAME=VALUE: change and run · r: again · b: back · q: pause", "Enter: 次へ ・ 名前=値: 設定を変えて実行 ・ r: 再実行 ・ b: 戻る ・ q: 中断")
            : screen.Say("Enter: go on · w: the whole report · NAME=VALUE: change and run · r: again · b: back · q: pause", "Enter: 次へ ・ w: レポート全体 ・ 名前=値: 設定を変えて実行 ・ r: 再実行 ・ b: 戻る ・ q: 中断")
        : isFull
            ? screen.Say("Enter: run · NAME=VALUE: change and run · s: skip · b: back · q: pause", "Enter: 実行 ・ 名前=値: 設定を変えて実行 ・ s: 飛ばす ・ b: 戻る ・ q: 中断")
            : screen.Say("Enter: run it · NAME=VALUE: change a setting · s: go on", "Enter: 実行 ・ 名前=値: 設定を変えて実行 ・ s: 次へ");

    private static string Some(Experiment experiment) => experiment.Settings[0] is { } setting ? $"{setting.Name}={setting.DefaultText}" : "seeds=3";
}
