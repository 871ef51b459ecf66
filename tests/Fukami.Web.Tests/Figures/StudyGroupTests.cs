using System.Diagnostics;
using System.Globalization;
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
    public Task Six_learners_at_once_lose_no_answer_and_see_no_error() => StudyTogetherAsync(6);

    [Fact(Explicit = true)]
    public Task Fifty_learners_at_once_lose_no_answer_and_see_no_error() => StudyTogetherAsync(50);

    private async Task StudyTogetherAsync(int learners)
    {
        FukamiServer server = await ServeAsync();
        var group = new List<Visitor>();
        foreach (int i in Enumerable.Range(1, learners))
        {
            Visitor visitor = await VisitAsync(server);
            visitor.Context.SetDefaultTimeout(240_000);
            await visitor.BeginAsync(name: $"Learner {i}");
            await visitor.Page.GotoAsync("baseline");
            group.Add(visitor);
        }

        long before = server.Memory;
        double[] answers = await Task.WhenAll(group.Select(AnswerAsync));
        double[] runs = await Task.WhenAll(group.Select((visitor, i) => MeasureAsync(visitor, i)));
        Tell($"{learners} learners at once: a question's answer {Spread(answers)}; a small experiment from its link {Spread(runs)}; memory of the app {server.Memory >> 20} MB, {(server.Memory - before) >> 20} MB more than before the answers");

        foreach (Visitor visitor in group)
        {
            IReadOnlyList<StudyEvent> events = await server.EventsAsync(visitor.Name);
            Assert.Single(events.Answered(BaselineTest.Source));
            Assert.Single(events.OfType<LabRun>());
        }

        Assert.DoesNotContain("fail:", server.Printed.ToString(), StringComparison.Ordinal);
    }

    private static async Task<double> AnswerAsync(Visitor visitor)
    {
        await visitor.Page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".question form")).ToBeVisibleAsync(Patience);
        return await TimeAsync(async () =>
        {
            await visitor.Page.Locator(".question").AnswerAsync();
            await Assertions.Expect(visitor.Page.Locator("h1")).ToContainTextAsync("Question 2", new LocatorAssertionsToContainTextOptions { Timeout = 240_000 });
        });
    }

    private static Task<double> MeasureAsync(Visitor visitor, int i) => TimeAsync(async () =>
    {
        await visitor.Page.GotoAsync($"{AppPages.SmallRun}&seed={1000 + i}");
        await visitor.Page.LiveAsync();
        await Assertions.Expect(visitor.Page.Locator(".report[data-fingerprint]")).ToBeVisibleAsync(Patience);
        await visitor.Page.Locator("#run").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".history tbody tr, .history li").First).ToBeVisibleAsync(Patience);
    });

    private static LocatorAssertionsToBeVisibleOptions Patience { get; } = new() { Timeout = 240_000 };

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Spread(double[] seconds)
    {
        double[] sorted = [.. seconds.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"median {sorted[sorted.Length / 2]:0.00} s, 95th percentile {sorted[(int)Math.Ceiling(0.95 * sorted.Length) - 1]:0.00} s, longest {sorted[^1]:0.00} s");
    }

    private static void Tell(string figures) => TestContext.Current.TestOutputHelper!.WriteLine(figures);
}
