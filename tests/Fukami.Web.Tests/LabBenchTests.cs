using Fukami.Course;
using Fukami.Lab;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fukami.Web.Tests;

public sealed class LabBenchTests : IDisposable
{
    private readonly GatedExperiment experiment = new();
    private readonly ExperimentQueue queue = new(new RunTimes(), NullLogger<ExperimentQueue>.Instance);
    private readonly AheadLane ahead;
    private readonly List<LabRun> kept = [];
    private readonly LabBench bench;

    public LabBenchTests()
    {
        var memory = new ExperimentMemory();
        ahead = new AheadLane(queue, memory, NullLogger<AheadLane>.Instance);
        var tools = new LabTools(queue, ahead, memory, new RecentReports(), new ModelAccess(new ServeOptions()), TimeProvider.System);
        bench = new LabBench(Guid.NewGuid(), tools, () => Task.CompletedTask, run =>
        {
            kept.Add(run);
            return Task.CompletedTask;
        });
    }

    public void Dispose()
    {
        bench.Dispose();
        ahead.Dispose();
        queue.Dispose();
        experiment.Dispose();
    }

    [Fact]
    public async Task A_small_run_begins_by_itself_and_a_long_one_waits_until_it_is_asked_for()
    {
        bench.Open(experiment, "?number=1", runs: true);
        Assert.NotNull(bench.Run);
        experiment.LetGo();
        await Until(() => bench.IsCurrent);
        bench.Set("size", "1");
        Assert.Null(bench.Run);
        Assert.False(bench.IsCurrent);
        bench.Start();
        Assert.NotNull(bench.Run);
        experiment.LetGo();
        await Until(() => bench.IsCurrent);
        Assert.Equal([1, 1], experiment.Begun);
    }

    [Fact]
    public async Task At_rest_the_next_stop_is_measured_ahead_and_a_change_comes_before_it()
    {
        using var remembering = new GatedExperiment { IsRemembering = true };
        bench.Open(remembering, "?number=5", runs: true);
        remembering.LetGo();
        await Until(() => remembering.Begun.Count == 2);
        Assert.Equal([5, 6], remembering.Begun);
        bench.Set("number", "30");
        await Until(() => remembering.Begun.Count == 3);
        remembering.LetGo(2); // the run ahead may still be at the gate
        await Until(() => bench.IsCurrent);
        Assert.Equal(30, remembering.Begun[2]);
        Assert.Equal("30", bench.Report!.Settings.Text("number"));
    }

    [Fact]
    public async Task Impossible_settings_are_said_and_leave_the_last_good_figures()
    {
        bench.Open(experiment, "?number=1", runs: true);
        experiment.LetGo();
        await Until(() => bench.IsCurrent);
        Report good = bench.Report!;
        bench.Set("number", "many");
        Assert.Contains("“many”", bench.Problem!.English, StringComparison.Ordinal);
        Assert.Equal("many", bench.Text("number"));
        Assert.True(bench.IsWrong("number"));
        Assert.Same(good, bench.Report);
        bench.Set("number", "2");
        Assert.Null(bench.Problem);
        Assert.Equal("2", bench.Address!.Settings.Text("number"));
    }

    [Fact]
    public void An_impossible_address_is_said_and_offers_the_defaults()
    {
        bench.Open(experiment, "?number=1&nonsense=2", runs: true);
        Assert.True(bench.IsBadAddress);
        Assert.Contains("nonsense", bench.Problem!.English, StringComparison.Ordinal);
        Assert.Null(bench.Run);
        bench.Use(null);
        Assert.False(bench.IsBadAddress);
        Assert.NotNull(bench.Run);
        Assert.Equal("", bench.Address!.Query);
    }

    [Fact]
    public async Task A_change_stops_the_run_before_it_and_what_is_shown_is_of_the_last_change()
    {
        bench.Open(experiment, "?number=1", runs: true);
        await Until(() => experiment.Begun.Count == 1);
        QueuedRun first = bench.Run!;
        bench.Set("number", "2");
        bench.Set("number", "3");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Completion);
        experiment.LetGo();
        await Until(() => bench.IsCurrent);
        Assert.Equal("3", bench.Report!.Settings.Text("number"));
    }

    [Fact]
    public async Task What_is_asked_for_and_what_is_left_standing_is_kept_once_and_opening_a_page_is_not()
    {
        bench.Open(experiment, "?number=1", runs: true);
        experiment.LetGo();
        await Until(() => bench.IsCurrent && bench.Announcement is not null);
        Assert.Empty(kept);
        bench.Set("number", "2");
        experiment.LetGo();
        await Until(() => kept.Count == 1);
        Assert.Equal("2", kept[0].Changes["number"]);
        bench.Start();
        experiment.LetGo();
        await Until(() => experiment.Begun.Count == 3 && bench.Run is null && bench.Announcement is not null);
        Assert.Single(kept);
    }

    private static async Task Until(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(5);
        }
    }
}
