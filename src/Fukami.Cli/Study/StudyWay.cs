using System.Globalization;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>The learner's way: the baseline test first, then the plan, then the session that is next.</summary>
internal sealed class StudyWay(StudyScreen screen, StudyRoom room, Learner learner, ChatConsent consent)
{
    /// <summary>Goes the way from where the learner is.</summary>
    /// <param name="wanted">A session's number or id; none for the next one of the plan.</param>
    /// <param name="again">Whether to begin the session anew.</param>
    /// <param name="isNew">Whether the learner is new.</param>
    public async Task RunAsync(string? wanted, bool again, bool isNew)
    {
        string? id = wanted is null ? null : Find(wanted);
        if (!isNew)
        {
            screen.Paragraph(screen.Say($"Hello, {Ink.Harmless(learner.Name)}.", $"こんにちは、{Ink.Harmless(learner.Name)}さん。"));
        }

        LearnerState state = await room.StateAsync(learner, screen.Stop);
        if (id is null && !state.BaselineIsFinished && room.Content.Baseline(screen.Language) is { } test && state.Sessions.Count == 0 && await AgreesAsync(state, test))
        {
            await new BaselineScreen(screen, room, learner).RunAsync(anew: false);
            state = await room.StateAsync(learner, screen.Stop);
        }

        await DueAsync();
        if (id is null)
        {
            var plan = new PlanScreen(screen, state);
            if (plan.Plan.Next is not { } next)
            {
                plan.Show();
                screen.Blank();
                screen.Paragraph(screen.Say("You have finished every session that is written.", "いまあるセッションはすべて終わりました。"));
                return;
            }

            id = next.Session.Id;
            if (next.Need != PlanNeed.Continue)
            {
                plan.Show();
                screen.Blank();
                await BeginsAsync(next);
            }
        }

        await consent.AskAsync(screen);
        StudyRun run = await StudyRun.BeginAsync(room.Content, room.Store, learner, id, room.Judge, room.Time, again, screen.Stop);
        await new SessionScreen(screen, room, run).RunAsync();
    }

    private string Find(string wanted)
    {
        IReadOnlyList<Session> sessions = room.Content.Sessions(learner.Language);
        return sessions.FirstOrDefault(known => string.Equals(known.Id, wanted, StringComparison.OrdinalIgnoreCase) || string.Equals(known.Number.ToString(CultureInfo.InvariantCulture), wanted, StringComparison.Ordinal))?.Id
            ?? throw new UsageException(new LocalizedText(
                $"The course has no session “{wanted}”; there are: {string.Join(", ", sessions.Select(known => $"{known.Number} ({known.Id})"))}.",
                $"「{wanted}」というセッションはありません。あるのは {string.Join("、", sessions.Select(known => $"{known.Number}（{known.Id}）"))} です。"));
    }

    private async Task<bool> AgreesAsync(LearnerState state, Session test)
    {
        if (state.BaselineSeed is not null)
        {
            return true;
        }

        screen.Blank();
        screen.Paragraph(screen.Say(
            $"The plan begins where you stand. A baseline test finds out in about {test.Minutes} minutes.",
            $"いま知っていることから計画を立てます。まず {test.Minutes} 分ほどの事前テストで確かめましょう。"));
        string typed = TypedText.Command(await screen.AskAsync(screen.Say("Enter: begin the test · n: without it · q: later", "Enter: 始める ・ n: 受けずに進む ・ q: あとで")));
        return typed == "q" ? throw new StudyPausedException(isInterrupted: false) : typed is not ("n" or "no" or "いいえ");
    }

    private async Task BeginsAsync(PlanItem next)
    {
        string title = next.Session.Title.In(screen.Language);
        string typed = TypedText.Command(await screen.AskAsync(screen.Say($"Enter: begin “{title}” ({next.Session.Minutes} min) · q: later", $"Enter: 「{title}」（{next.Session.Minutes} 分）を始める ・ q: あとで")));
        if (typed == "q")
        {
            screen.Paragraph(screen.Say("Until then. fukami study goes on here.", "またあとで。fukami study で、ここから始められます。"));
            throw new StudyPausedException(isInterrupted: false);
        }
    }

    private async Task DueAsync()
    {
        int due = ReviewSchedule.Of(room.Content, await room.Store.ReadAsync(learner.Id, screen.Stop)).Due(room.Time.GetLocalNow(), screen.Language).Count;
        if (due > 0)
        {
            screen.Paragraph(screen.Say($"{due} {(due == 1 ? "question is" : "questions are")} due again: fukami study --review.", $"復習の時期が来た質問が {due} 問あります（fukami study --review）。"));
        }
    }
}
