using System.Globalization;
using Fukami.Course;

namespace Fukami.Cli;

/// <summary>A session from the current step to its end.</summary>
internal sealed class SessionScreen(StudyScreen screen, StudyRoom room, StudyRun run)
{
    private readonly QuestionScreen questions = new(screen);
    private readonly JudgementScreen judgements = new(screen, room.Content.Concepts);
    private bool hinted;

    /// <summary>Goes through the session.</summary>
    /// <exception cref="StudyPausedException">The learner leaves for now; where they go on is said.</exception>
    public async Task RunAsync()
    {
        try
        {
            Open();
            await run.ShowAsync();
            while (true)
            {
                Header();
                if (await StepAsync(run.Current.Block) == StepMove.Back)
                {
                    await run.GoToAsync(Math.Max(0, run.Index - 1));
                }
                else if (!await run.NextAsync())
                {
                    break;
                }
            }
        }
        catch (StudyPausedException)
        {
            await run.PauseAsync();
            screen.Blank();
            screen.Paragraph(screen.Say(
                $"Paused in “{Title}”, step {run.Index + 1} of {run.Steps.Count}. Everything you answered is kept; fukami study goes on here.",
                $"「{Title}」のステップ {run.Index + 1}/{run.Steps.Count} で中断しました。回答はすべて保存されています。fukami study で、ここから再開します。"));
            throw;
        }

        new ClosingScreen(screen).Show(run);
    }

    private string Title => LessonText.Inline(run.Current.Section.Title);

    private void Open()
    {
        Fukami.Course.Session session = run.Session;
        screen.Head(screen.Say($"Session {session.Number}: {session.Title}", $"セッション {session.Number}: {session.Title}"), screen.Say($"{session.Minutes} min", $"{session.Minutes} 分"));
        if (run.IsResumed)
        {
            screen.Paragraph(screen.Say(
                $"You go on where you stopped: “{Title}”, step {run.Index + 1} of {run.Steps.Count}, after {Minutes(run.Elapsed)} minutes.",
                $"前回の続き、「{Title}」のステップ {run.Index + 1}/{run.Steps.Count} から始めます（これまでに {Minutes(run.Elapsed)} 分）。"));
            return;
        }

        screen.Paragraph(screen.Say($"Goal: {session.Goal}", $"目標: {session.Goal}"));
        screen.Blank();
        new FeedbackReplies(screen, run.State).Show(session);
    }

    private void Header() => screen.Head(
        Title,
        screen.Say(
            $"step {run.Index + 1}/{run.Steps.Count} · {Minutes(run.Elapsed)} of {Minutes(run.Planned)} min",
            $"ステップ {run.Index + 1}/{run.Steps.Count} ・ 経過 {Minutes(run.Elapsed)} 分 / 予定 {Minutes(run.Planned)} 分"));

    private static string Minutes(TimeSpan time) => Math.Floor(time.TotalMinutes).ToString("0", CultureInfo.InvariantCulture);

    private async Task<StepMove> StepAsync(Block block)
    {
        switch (block)
        {
            case Question question:
                return await QuestionAsync(question);
            case ExperimentBlock experiment:
                return await new ExperimentScreen(screen, run).ShowAsync(experiment);
            case FeedbackBlock feedback:
                return await FeedbackAsync(feedback);
            case FigureBlock figure:
                Figure(figure);
                break;
            case PreviewBlock preview:
                screen.Paragraph(Ink.Bold(screen.Say("Next time", "次回の予告")));
                screen.Lesson(run.Fill(preview.Markdown));
                break;
            case HomeworkBlock homework:
                screen.Paragraph(Ink.Bold(screen.Say("Homework, if you like", "宿題（任意）")));
                screen.Lesson(run.Fill(homework.Markdown));
                break;
            case ApplyBlock apply:
                screen.Lesson(run.Fill(apply.Markdown));
                break;
            case TextBlock text:
                screen.Lesson(run.Fill(text.Markdown));
                break;
            default:
                return StepMove.Next;
        }

        return await OnAsync();
    }

    private void Figure(FigureBlock figure)
    {
        IReadOnlyList<string> drawing = FigureDrawing.Of(figure, screen.Language);
        screen.Write(drawing);
        if (drawing.Count > 0)
        {
            screen.Blank();
        }

        screen.Lesson(run.Fill(figure.Caption));
    }

    private async Task<StepMove> OnAsync()
    {
        string full = screen.Say("Enter: go on · b: back · q: pause · ?: help", "Enter: 次へ ・ b: 戻る ・ q: 中断 ・ ?: 使い方");
        string hint = hinted ? "" : full;
        hinted = true;
        screen.Blank();
        while (true)
        {
            switch (TypedText.Command(await screen.AskAsync(hint)))
            {
                case "":
                    return StepMove.Next;
                case "b":
                    return StepMove.Back;
                case "q":
                    throw new StudyPausedException(isInterrupted: false);
                default:
                    screen.Paragraph(screen.Say(
                        "Enter goes on, b goes back a step, q pauses. You may also close the window: every answer is stored at once, and fukami study goes on at the step that was on the screen.",
                        "Enter で次へ、b で一つ前へ、q で中断です。ウィンドウを閉じてもかまいません。回答はその場で保存され、fukami study で最後に見ていたステップから再開します。"));
                    hint = full;
                    break;
            }
        }
    }

    private async Task<StepMove> QuestionAsync(Question question)
    {
        QuestionView view = run.View(question);
        QuestionAnswered? before = run.Answer(question);
        if (before is { Answer: GivenText words, Judgement.Outcome: Outcome.NotJudged, Judgement.Points: null } && question is OpenQuestion unjudged)
        {
            // it was stored, and the command ended before it was judged
            questions.Show(view);
            judgements.Earlier(before);
            await JudgeAsync(unjudged, view, words);
            return await OnAsync();
        }

        questions.Show(view);
        if (before is not null)
        {
            judgements.Earlier(before);
            judgements.Show(view, before.Answer, before.Judgement);
            screen.Blank();
        }

        (GivenAnswer? answer, StepMove move) = await questions.AskAsync(view, answered: before is not null);
        if (answer is null)
        {
            return move;
        }

        await JudgeAsync(question, view, answer);
        return await OnAsync();
    }

    private async Task JudgeAsync(Question question, QuestionView view, GivenAnswer answer)
    {
        Judgement judgement;
        try
        {
            judgement = await run.AnswerAsync(question, answer, question is OpenQuestion ? screen.Stop : CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            throw new StudyPausedException(isInterrupted: true);
        }

        judgements.Show(view, answer, judgement);
        if (question is OpenQuestion open && answer is GivenText && await new OwnJudgement(screen).AskAsync(open, judgement) is { } own)
        {
            await run.OverruleAsync(question, own);
            screen.Paragraph(screen.Say("Kept as you judge it.", "ご自身の判定で記録しました。"));
        }
    }

    private async Task<StepMove> FeedbackAsync(FeedbackBlock feedback)
    {
        screen.Lesson(feedback.Markdown);
        foreach (FeedbackPrompt prompt in feedback.Prompts)
        {
            screen.Blank();
            screen.Paragraph(prompt.Text);
            string line = (await screen.AskAsync(prompt == feedback.Prompts[0] ? screen.Say("A line, or Enter for nothing", "一行で入力（なければ Enter）") : "")).Trim();
            switch (TypedText.Command(line))
            {
                case "q":
                    throw new StudyPausedException(isInterrupted: false);
                case "b":
                    return StepMove.Back;
                case "":
                    continue;
                default:
                    await run.GiveFeedbackAsync(prompt.Id, Ink.Harmless(line));
                    break;
            }
        }

        return StepMove.Next;
    }
}
