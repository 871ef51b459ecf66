using System.Globalization;
using Fukami.Course;

namespace Fukami.Web.Tests;

/// <summary>
/// A study group at once as the app sees it: each learner has cookies and a connection of their own, and no browser takes the app's share of the machine.
/// Each answers a question of the baseline test at the same moment as the others, and runs a small experiment whose seed nobody else has.
/// </summary>
public sealed class StudyGroupLoad(StudyHall hall) : StudyTest(hall)
{
    [Fact]
    public Task Eight_learners_at_once_lose_no_answer_and_see_no_error() => StudyTogetherAsync(8);

    [Fact(Explicit = true)]
    public Task Fifty_learners_at_once_lose_no_answer_and_see_no_error() => StudyTogetherAsync(50);

    [Fact(Explicit = true)]
    public async Task One_learners_run_never_blocks_anothers_page()
    {
        FukamiServer server = await ServeAsync();
        IReadOnlyList<CircuitVisitor> group = await GatherAsync(server, 10);
        await using CircuitVisitor runner = await CircuitVisitor.BeginAsync(server, "Runner");
        await AnswerAsync(server, group, question: 1); // the first of anything is slow
        string quiet = await AnswerAsync(server, group, question: 2);

        await runner.OpenAsync("lab/depth-training?seeds=20");
        await runner.PressAsync(button => button.Id == "run");
        await runner.Page.UntilAsync(IsRunning);
        string beside = await AnswerAsync(server, group, question: 3);
        Assert.True(runner.Page.Read(IsRunning), "The run was over before the answers were in: this says nothing.");
        await runner.PressAsync(button => button.Id == "stop");
        Tell($"{group.Count} learners at once: a question's answer {quiet}; beside another learner's long run {beside}");
        await LeaveAsync(server, group, answers: 3, runs: 0);

        static bool IsRunning(RenderedPage page) => page.Elements.Any(element => element.Id == "stop");
    }

    private async Task StudyTogetherAsync(int learners)
    {
        FukamiServer server = await ServeAsync();
        IReadOnlyList<CircuitVisitor> group = await GatherAsync(server, learners);
        long before = server.Memory;
        string first = await AnswerAsync(server, group, question: 1);
        string second = await AnswerAsync(server, group, question: 2);
        string runs = await AtOnceAsync(server, group, (visitor, i) => visitor.MeasureAsync($"{AppPages.SmallRun}&seed={1000 + i}"));
        Tell($"{learners} learners at once: the first question's answer {first}; the second's {second}; a small experiment from its link {runs}; memory of the app {server.Memory >> 20} MB, {(server.Memory - before) >> 20} MB more than before the answers");
        await LeaveAsync(server, group, answers: 2, runs: 1);
    }

    /// <summary>Learners begin the baseline test, one after the other.</summary>
    private static async Task<IReadOnlyList<CircuitVisitor>> GatherAsync(FukamiServer server, int learners)
    {
        var group = new List<CircuitVisitor>();
        for (int i = 1; i <= learners; i++)
        {
            group.Add(await CircuitVisitor.BeginAsync(server, $"Learner {i}"));
            await group[^1].BeginBaselineAsync();
        }

        return group;
    }

    private static Task<string> AnswerAsync(FukamiServer server, IReadOnlyList<CircuitVisitor> group, int question) => AtOnceAsync(server, group, (visitor, _) => visitor.AnswerAsync(question));

    /// <summary>All of them do something at the same moment.</summary>
    /// <returns>How long each waited, and how much the app had to do for it.</returns>
    private static async Task<string> AtOnceAsync(FukamiServer server, IReadOnlyList<CircuitVisitor> group, Func<CircuitVisitor, int, Task<double>> act)
    {
        TimeSpan before = server.Work;
        double[] seconds = await Task.WhenAll(group.Select((visitor, i) => Task.Run(() => act(visitor, i))));
        double work = (server.Work - before).TotalMilliseconds / group.Count;
        Array.Sort(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"median {seconds[seconds.Length / 2]:0.000} s, 95th percentile {seconds[(int)Math.Ceiling(0.95 * seconds.Length) - 1]:0.000} s, longest {seconds[^1]:0.000} s, {work:0} ms of processor time each");
    }

    /// <summary>All of them leave; what they did is in the database, and the app complained of nothing.</summary>
    private static async Task LeaveAsync(FukamiServer server, IReadOnlyList<CircuitVisitor> group, int answers, int runs)
    {
        foreach (CircuitVisitor visitor in group)
        {
            await visitor.DisposeAsync();
            IReadOnlyList<StudyEvent> events = await server.EventsAsync(visitor.Name);
            Assert.Equal(answers, events.Answered(BaselineTest.Source).Length);
            Assert.Equal(runs, events.OfType<LabRun>().Count());
        }

        Assert.DoesNotContain("fail:", server.Printed.ToString(), StringComparison.Ordinal);
    }

    private static void Tell(string figures) => TestContext.Current.TestOutputHelper!.WriteLine(figures);
}
