using System.Diagnostics;
using System.Globalization;
using Fukami.Course;

namespace Fukami.Cli;

/// <summary>The baseline test, and what it showed.</summary>
internal sealed class BaselineScreen(StudyScreen screen, StudyRoom room, Learner learner)
{
    private readonly QuestionScreen questions = new(screen);

    /// <summary>Asks until nothing is left in doubt, from where the learner stopped.</summary>
    /// <param name="anew">Whether to begin again although it is finished.</param>
    /// <exception cref="StudyPausedException">The learner leaves for now.</exception>
    public async Task RunAsync(bool anew)
    {
        LearnerState state = await room.StateAsync(learner, screen.Stop);
        if (room.Content.Baseline(screen.Language) is not { } test)
        {
            screen.Paragraph(screen.Say("This course has no baseline test.", "このコースに事前テストはありません。"));
            return;
        }

        screen.Head(test.Title, screen.Say($"{test.Minutes} min", $"{test.Minutes} 分"));
        if (state.BaselineSeed is null || (state.BaselineIsFinished && anew))
        {
            await AddAsync(state, new BaselineStarted(Draws.NewBaseline(learner, room.Time)) { At = room.Time.GetUtcNow() });
            screen.Paragraph(test.Goal);
            screen.Paragraph(screen.Say(
                $"At most {BaselineTest.MostQuestions} questions. “I don't know” (d) and “I knew this once” (k) are answers like any other, and make a better plan than a guess. The solutions come with the sessions.",
                $"最大 {BaselineTest.MostQuestions} 問です。「わからない」（d）と「以前は知っていた」（k）も立派な回答です。当てずっぽうで選ぶより、よい計画になります。解説はセッションの中で行います。"));
        }
        else
        {
            screen.Paragraph(screen.Say($"You go on behind question {state.BaselineAnswers.Count}.", $"{state.BaselineAnswers.Count} 問目まで終わっています。続きから始めます。"));
        }

        try
        {
            while (BaselineTest.Next(state, screen.Language) is { } question)
            {
                await AskAsync(state, question);
            }
        }
        catch (StudyPausedException)
        {
            screen.Blank();
            screen.Paragraph(screen.Say(
                $"Paused behind question {state.BaselineAnswers.Count}; your answers are kept. fukami study goes on here.",
                $"{state.BaselineAnswers.Count} 問目まで保存して中断しました。fukami study で続きから再開します。"));
            throw;
        }

        if (!state.BaselineIsFinished)
        {
            await AddAsync(state, new BaselineFinished { At = room.Time.GetUtcNow() });
        }

        Result(state);
    }

    private async Task AskAsync(LearnerState state, Question question)
    {
        int number = state.BaselineAnswers.Count + 1;
        QuestionView view = QuestionView.Of(question, Draws.Baseline(state.BaselineSeed!.Value, question));
        screen.Head(screen.Say($"Question {number}", $"第 {number} 問"), screen.Say($"at most {BaselineTest.MostQuestions}", $"最大 {BaselineTest.MostQuestions} 問"));
        questions.Show(view);
        long began = Stopwatch.GetTimestamp();
        (GivenAnswer? answer, _) = await questions.AskAsync(view, isTest: true);
        answer ??= new Skipped();
        await AddAsync(state, new QuestionAnswered(
            BaselineTest.Source, question.Id, view.Seed, answer, AnswerText.Of(view, answer, screen.Language), QuestionJudge.Judge(view, answer), Stopwatch.GetElapsedTime(began).TotalSeconds)
        {
            At = room.Time.GetUtcNow(),
        });
    }

    private void Result(LearnerState state)
    {
        screen.Head(screen.Say("What the test showed", "テストの結果"), state.BaselineAnswers.Count.ToString(CultureInfo.InvariantCulture) + screen.Say(" questions", " 問"));
        foreach (BaselineFinding finding in BaselineFindings.Of(state, screen.Language))
        {
            string answer = LessonText.Inline(finding.Answer);
            screen.Paragraph($"✗ {Ink.Bold(finding.Concept.Title.In(screen.Language))}: {screen.Say($"you answered “{answer}”.", $"回答は「{answer}」でした。")}", 2, 2);
            if (finding.Correction.Length > 0)
            {
                screen.Paragraph(LessonText.Inline(finding.Correction), 4);
            }

            if (finding.Session is { } session)
            {
                screen.Paragraph(Ink.Dim(Where(session, finding.Section)), 4);
            }
        }

        Row(state, ConceptState.Unknown, screen.Say("You do not know yet", "まだ知らないこと"));
        Row(state, ConceptState.Forgotten, screen.Say("You knew once", "以前は知っていたこと"));
        Row(state, ConceptState.Known, screen.Say("You know", "知っていること"));
    }

    private string Where(SessionOutline session, Section? section)
    {
        string title = session.Title.In(screen.Language);
        return section is { } found
            ? screen.Say($"→ “{title}”, section “{LessonText.Inline(found.Title)}”", $"→ 「{title}」の「{LessonText.Inline(found.Title)}」の節")
            : screen.Say($"→ “{title}”, not written yet; fukami experiment run {session.Experiments[0]} shows it", $"→ 「{title}」（準備中）。fukami experiment run {session.Experiments[0]} で確かめられます");
    }

    private void Row(LearnerState state, ConceptState kind, string title)
    {
        string[] names = [.. state.Standings.Where(standing => standing.State == kind).Select(Name)];
        if (names.Length > 0)
        {
            screen.Paragraph($"{Ink.Bold(title)}: {string.Join(screen.Say("; ", "、"), names)}", 2, 4);
        }
    }

    private string Name(ConceptStanding standing) => room.Content.Concepts.Find(standing.Concept)?.Title.In(screen.Language) ?? standing.Concept;

    private async Task AddAsync(LearnerState state, StudyEvent happened)
    {
        await room.Store.AppendAsync(learner.Id, happened);
        state.Apply(happened);
    }
}
