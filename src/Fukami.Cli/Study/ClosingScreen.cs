using System.Globalization;
using Fukami.Course;

namespace Fukami.Cli;

/// <summary>The end of a session: how it went, in the learner's own figures, and what comes next.</summary>
internal sealed class ClosingScreen(StudyScreen screen)
{
    /// <summary>Shows it.</summary>
    public void Show(StudyRun run)
    {
        SessionSummary summary = run.Summary();
        screen.Head(screen.Say("How it went", "ふりかえり"));
        screen.Paragraph(screen.Say(
            $"Time: {Minutes(summary.ElapsedSeconds)} minutes of {Minutes(summary.PlannedSeconds)} planned.",
            $"時間: {Minutes(summary.ElapsedSeconds)} 分（予定 {Minutes(summary.PlannedSeconds)} 分）"));
        screen.Paragraph(screen.Say(
            $"Questions: {summary.Right} right of {summary.Judged} judged.",
            $"質問: 判定した {summary.Judged} 問のうち {summary.Right} 問正解"));
        int experiments = run.Session.AllBlocks.OfType<ExperimentBlock>().Count();
        int measured = run.State.Session(run.Session.Id)?.Measured.Count ?? 0;
        screen.Paragraph(screen.Say($"Experiments: {measured} of {experiments} run on this machine.", $"実験: {experiments} 件のうち {measured} 件をこのマシンで実行"));
        if (summary.Predictions.Count > 0)
        {
            screen.Blank();
            screen.Paragraph(Ink.Bold(screen.Say("Your predictions beside what you measured", "予想と測定")));
            foreach (MeasuredPrediction prediction in summary.Predictions)
            {
                screen.Paragraph($"- {prediction.Question.Unit}: {PredictionText.Of(prediction, screen.Language)}", 2, 2);
            }
        }

        QuestionAnswered[] open = [.. summary.Answers.Where(answer => answer.Judgement.Outcome is Outcome.Wrong or Outcome.Partly or Outcome.Unknown)];
        if (open.Length > 0)
        {
            screen.Blank();
            screen.Paragraph(screen.Say(
                $"{open.Length} {(open.Length == 1 ? "question" : "questions")} will come back in the reviews first: fukami study --review, from tomorrow on.",
                $"{open.Length} 問は、明日以降の復習（fukami study --review）で先に出題します。"));
        }

        screen.Blank();
        if (StudyPlan.Of(run.State, screen.Language).Next is { } next)
        {
            screen.Paragraph(screen.Say(
                $"Next in your plan: “{next.Session.Title.English}” ({next.Session.Minutes} min). {LessonText.Inline(next.Reason)}",
                $"次の予定: 「{next.Session.Title.Japanese}」（{next.Session.Minutes} 分）。{LessonText.Inline(next.Reason)}"));
        }
        else
        {
            screen.Paragraph(screen.Say("You have finished every session that is written. The reviews keep it.", "いまあるセッションはすべて終わりました。あとは復習で定着させましょう。"));
        }
    }

    private static string Minutes(double seconds) => (seconds / 60).ToString("0", CultureInfo.InvariantCulture);
}
