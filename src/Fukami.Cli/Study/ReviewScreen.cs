using System.Diagnostics;
using System.Globalization;
using Fukami.Course;

namespace Fukami.Cli;

/// <summary>The questions that are due again.</summary>
internal sealed class ReviewScreen(StudyScreen screen, StudyRoom room, Learner learner)
{
    private readonly QuestionScreen questions = new(screen);
    private readonly JudgementScreen judgements = new(screen, room.Content.Concepts);

    /// <summary>Asks what is due, what is least remembered first.</summary>
    /// <exception cref="StudyPausedException">The learner leaves for now.</exception>
    public async Task RunAsync()
    {
        var events = new List<StudyEvent>(await room.Store.ReadAsync(learner.Id, screen.Stop));
        ReviewSchedule schedule = ReviewSchedule.Of(room.Content, events);
        IReadOnlyList<ReviewCard> due = schedule.Due(room.Time.GetLocalNow(), screen.Language);
        if (due.Count == 0)
        {
            screen.Paragraph(schedule.Next is { } next
                ? screen.Say($"Nothing is due. The next question comes back on {Day(next)}.", $"いま復習するものはありません。次は {Day(next)} です。")
                : screen.Say("Nothing is due: reviews begin once you have answered questions.", "復習するものはまだありません。質問に答えると、ここに出てきます。"));
            return;
        }

        screen.Head(screen.Say("Review", "復習"), screen.Say($"{due.Count} due", $"{due.Count} 問"));
        int right = 0;
        int asked = 0;
        try
        {
            foreach (ReviewCard card in due)
            {
                Outcome outcome = await AskAsync(card, events, ++asked, due.Count);
                right += outcome == Outcome.Right ? 1 : 0;
            }
        }
        catch (StudyPausedException)
        {
            screen.Blank();
            screen.Paragraph(screen.Say($"Paused; {due.Count - asked + 1} are still due.", $"中断しました。残りは {due.Count - asked + 1} 問です。"));
            throw;
        }

        screen.Blank();
        screen.Paragraph(screen.Say($"Done: {right} of {due.Count} remembered.", $"終わりました。{due.Count} 問のうち {right} 問を覚えていました。"));
        if (ReviewSchedule.Of(room.Content, events).Next is { } later)
        {
            screen.Paragraph(screen.Say($"The next question comes back on {Day(later)}.", $"次の復習は {Day(later)} です。"));
        }
    }

    private async Task<Outcome> AskAsync(ReviewCard card, List<StudyEvent> events, int number, int count)
    {
        Question question = room.Content.Question(card.Question, screen.Language)!;
        QuestionView view = QuestionView.Of(question, Draws.Review(learner, card));
        screen.Head(screen.Say($"Review {number} of {count}", $"復習 {number}/{count}"), string.Join(screen.Say("; ", "、"), question.Concepts.Select(id => room.Content.Concepts.Find(id)?.Title.In(screen.Language) ?? id)));
        questions.Show(view);
        long began = Stopwatch.GetTimestamp();
        (GivenAnswer? answer, _) = await questions.AskAsync(view, isTest: true);
        answer ??= new Skipped();
        Judgement judgement = answer is GivenText ? Judgement.None : QuestionJudge.Judge(view, answer);
        await AddAsync(events, new QuestionAnswered(ReviewSchedule.Source, question.Id, view.Seed, answer, AnswerText.Of(view, answer, screen.Language), judgement, Stopwatch.GetElapsedTime(began).TotalSeconds) { At = room.Time.GetUtcNow() });
        if (answer is Skipped)
        {
            screen.Paragraph(screen.Say("Left out; it stays due.", "飛ばしました。次の復習でまた出題します。"));
            return judgement.Outcome;
        }

        if (question is OpenQuestion open && answer is GivenText text)
        {
            judgement = await JudgeAsync(open, text);
            await AddAsync(events, new JudgementOverruled(ReviewSchedule.Source, question.Id, judgement) { At = room.Time.GetUtcNow() });
            judgements.Show(view, answer, judgement);
            if (await new OwnJudgement(screen).AskAsync(open, judgement) is { } own)
            {
                judgement = own;
                await AddAsync(events, new JudgementOverruled(ReviewSchedule.Source, question.Id, own) { At = room.Time.GetUtcNow() });
            }
        }
        else
        {
            judgements.Show(view, answer, judgement);
        }

        ComesBack(ReviewSchedule.Of(room.Content, events), question);
        return judgement.Outcome;
    }

    private async Task<Judgement> JudgeAsync(OpenQuestion question, GivenText words)
    {
        try
        {
            return await room.Judge.JudgeAsync(question, words.Text, screen.Language, screen.Stop);
        }
        catch (OperationCanceledException)
        {
            throw new StudyPausedException(isInterrupted: true);
        }
    }

    private void ComesBack(ReviewSchedule schedule, Question question)
    {
        if (schedule.Cards.FirstOrDefault(known => string.Equals(known.Question, question.Id, StringComparison.Ordinal)) is not { } card)
        {
            return;
        }

        if (card.IsStruggling && schedule.ExperimentFor(question.Id, screen.Language) is { } experiment)
        {
            string where = schedule.Evidence(question.Id, screen.Language) is { } evidence ? screen.Say($" (session {evidence.Session.Number})", $"（セッション {evidence.Session.Number}）") : "";
            screen.Blank();
            screen.Paragraph(screen.Say(
                $"Twice not remembered: look at the evidence again, fukami experiment run {experiment}{where}.",
                $"2 回続けて思い出せませんでした。根拠の実験をもう一度見てみましょう: fukami experiment run {experiment}{where}"));
        }

        screen.Paragraph(Ink.Dim(screen.Say($"Comes back on {Day(card.Due)}.", $"次回は {Day(card.Due)} です。")));
    }

    private async Task AddAsync(List<StudyEvent> events, StudyEvent happened)
    {
        await room.Store.AppendAsync(learner.Id, happened);
        events.Add(happened);
    }

    private static string Day(DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
