namespace Fukami.Web.Tests;

/// <summary>
/// A study group at once as the app sees it: each learner has cookies and a connection of their own, and no browser takes the app's share of the machine.
/// Each answers questions of the baseline test at the same moment as the others, and runs a small experiment whose seed nobody else has.
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
        await using StudyGroup group = await StudyGroup.GatherAsync(server, 10);
        await using CircuitVisitor runner = await CircuitVisitor.BeginAsync(server, "Runner");
        await group.AnswerAsync(1); // the first of anything is slow
        Waits quiet = await group.AnswerAsync(2);

        await runner.OpenAsync("lab/depth-training?seeds=20");
        await runner.PressAsync(button => button.Id == "run");
        await runner.Page.UntilAsync(IsRunning);
        Waits beside = await group.AnswerAsync(3);
        Assert.True(runner.Page.Read(IsRunning), "The run was over before the answers were in, so that they were not beside it.");
        await runner.PressAsync(button => button.Id == "stop");
        Tell($"{group.Count} learners at once: a question's answer {quiet}; beside another learner's long run {beside}");
        await group.CheckAsync(answers: 3, runs: 0);
        Assert.Null(runner.Page.Problem);

        static bool IsRunning(RenderedPage page) => page.Elements.Any(element => element.Id == "stop");
    }

    private async Task StudyTogetherAsync(int learners)
    {
        FukamiServer server = await ServeAsync();
        await using StudyGroup group = await StudyGroup.GatherAsync(server, learners);
        long before = server.Memory;
        Waits first = await group.AnswerAsync(1);
        Waits second = await group.AnswerAsync(2);
        Waits runs = await group.MeasureAsync();
        Tell($"{learners} learners at once: the first question's answer {first}; the second's {second}, {second.WorkEach:0} ms of the app's processor time each; a small experiment from its link {runs}, {runs.WorkEach:0} ms each");
        Tell($"memory of the app {server.Memory >> 20} MB, {(server.Memory - before) >> 20} MB more than before the answers");
        await group.CheckAsync(answers: 2, runs: 1);
    }

    private static void Tell(string figures) => TestContext.Current.TestOutputHelper!.WriteLine(figures);
}
