using Fukami.Course;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>
/// A study group at once: each learner has a browser context with cookies and a connection of their own, in one Chromium on the same machine as the app.
/// Each answers a question of the baseline test and runs a small experiment whose seed nobody else has.
/// </summary>
public sealed class StudyGroupTests(StudyHall hall) : StudyTest(hall)
{
    [Fact]
    public async Task Six_learners_at_once_lose_no_answer_and_see_no_error()
    {
        FukamiServer server = await ServeAsync();
        var group = new List<Visitor>();
        foreach (int i in Enumerable.Range(1, 6))
        {
            Visitor visitor = await VisitAsync(server);
            await visitor.BeginAsync(name: $"Learner {i}");
            await visitor.Page.GotoAsync("baseline");
            group.Add(visitor);
        }

        await Task.WhenAll(group.Select(AnswerAsync));
        await Task.WhenAll(group.Select(MeasureAsync));
        foreach (Visitor visitor in group)
        {
            IReadOnlyList<StudyEvent> events = await server.EventsAsync(visitor.Name);
            Assert.Single(events.Answered(BaselineTest.Source));
            Assert.Single(events.OfType<LabRun>());
        }

        Assert.DoesNotContain("fail:", server.Printed.ToString(), StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(Visitor visitor)
    {
        await visitor.Page.Locator("button.primary").ClickAsync();
        await visitor.Page.Locator(".question").AnswerAsync();
        await Assertions.Expect(visitor.Page.Locator("h1")).ToContainTextAsync("Question 2");
    }

    private static async Task MeasureAsync(Visitor visitor, int i)
    {
        await visitor.Page.GotoAsync($"{AppPages.SmallRun}&seed={1000 + i}");
        await visitor.Page.LiveAsync();
        await Assertions.Expect(visitor.Page.Locator(".report[data-fingerprint]")).ToBeVisibleAsync();
        await visitor.Page.Locator("#run").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".history tbody tr, .history li").First).ToBeVisibleAsync();
    }
}
