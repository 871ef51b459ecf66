using Fukami.Lab;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fukami.Web.Tests;

public sealed class AheadLaneTests : IDisposable
{
    private readonly ExperimentQueue queue = new(new RunTimes(), NullLogger<ExperimentQueue>.Instance);
    private readonly GatedExperiment experiment = new() { IsRemembering = true };
    private readonly AheadLane ahead;
    private readonly object page = new();

    public AheadLaneTests() => ahead = new AheadLane(queue, new ExperimentMemory(), NullLogger<AheadLane>.Instance);

    public void Dispose()
    {
        ahead.Dispose();
        queue.Dispose();
        experiment.Dispose();
    }

    [Fact]
    public async Task The_first_figures_of_every_step_come_before_the_rest_of_any()
    {
        Measure(1, 2);
        experiment.LetGo(4);
        await BegunAsync(4);
        Assert.Equal([1, 2, 1, 2], experiment.Begun);
    }

    [Fact]
    public async Task While_anybody_waits_for_a_run_nothing_is_measured_ahead()
    {
        QueuedRun asked = queue.Add(Guid.NewGuid(), new object(), experiment, experiment.Of(9));
        await BegunAsync(1);
        Measure(1);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal([9], experiment.Begun);
        experiment.LetGo();
        await asked.Completion;
        await BegunAsync(2);
        Assert.Equal([9, 1], experiment.Begun);
    }

    [Fact]
    public async Task Whoever_asks_has_the_machine_at_once_and_what_gave_way_comes_back()
    {
        Measure(1);
        await BegunAsync(1);
        QueuedRun asked = queue.Add(Guid.NewGuid(), new object(), experiment, experiment.Of(9));
        await BegunAsync(2);
        experiment.LetGo(2); // the run ahead may still be at the gate
        await asked.Completion;
        await BegunAsync(3);
        Assert.Equal([1, 9, 1], experiment.Begun.Take(3));
    }

    [Fact]
    public async Task A_page_that_goes_on_or_is_left_drops_what_was_measured_ahead_for_it()
    {
        Measure(1, 2);
        await BegunAsync(1);
        Measure(5);
        await BegunAsync(2);
        ahead.StopOf(page);
        object other = new();
        ahead.Measure(other, Shown(experiment), [experiment.Of(7)]);
        await BegunAsync(3);
        Assert.Equal([1, 5, 7], experiment.Begun);
    }

    [Fact]
    public async Task What_fails_or_cannot_be_remembered_leaves_the_lane_as_it_is()
    {
        using var failing = new GatedExperiment { IsRemembering = true, Failure = new InvalidOperationException("broken") };
        using var forgetful = new GatedExperiment();
        ahead.Measure(new object(), Shown(forgetful), [forgetful.Of(3)]);
        ahead.Measure(new object(), Shown(failing), [failing.Of(4)]);
        failing.LetGo(2);
        Measure(1);
        await BegunAsync(1);
        Assert.Empty(forgetful.Begun);
        Assert.Equal([4, 4], failing.Begun);
    }

    [Fact]
    public void The_next_steps_are_stops_to_either_side_of_the_slider_that_was_moved_last()
    {
        Experiment flow = ExperimentCatalog.Find("gradient-flow")!;
        var rest = new LabAddress(flow, flow.Defaults.With("depth", "1"));
        Assert.Equal(["72", "60", "80", "56", "88", "52"], NextSteps.Of(rest, ["residual", "width", "depth"]).Select(next => next.Text("width")));
        Assert.Equal(["2", "3", "4"], NextSteps.Of(rest, []).Select(next => next.Text("depth"))); // nothing was moved yet: the first slider on the page
        Experiment still = ExperimentCatalog.Find("attention-by-hand")!;
        Assert.All(NextSteps.Of(new LabAddress(still, still.Defaults), []), next => still.Check(next));
    }

    [Fact]
    public async Task What_was_measured_ahead_is_there_at_the_next_step_with_the_same_bits()
    {
        Experiment flow = ExperimentCatalog.Find("gradient-flow")!;
        SettingValues small = flow.Defaults.With(["depth=3", "width=8", "heads=2", "length=4", "batch=1", "vocabulary=10", "depths=2,4", "seeds=2"]), next = small.With("depth", "4");
        var memory = new ExperimentMemory();
        using var lane = new AheadLane(queue, memory, NullLogger<AheadLane>.Instance);
        lane.Measure(page, flow.Run(small), [next]);
        lane.Measure(new object(), Shown(experiment), [experiment.Of(1)]);
        await BegunAsync(1); // then what came before is done
        Report remembered = flow.Run(next, memory), fresh = flow.Run(next);
        Assert.True(remembered.Remembered > flow.Run(next, new ExperimentMemory()).Remembered);
        Assert.Equal(fresh.Fingerprint, remembered.Fingerprint);
    }

    private static Report Shown(Experiment experiment) => new() { Experiment = experiment, Settings = experiment.Defaults, Claims = [], Series = [] };

    private void Measure(params int[] numbers) => ahead.Measure(page, Shown(experiment), [.. numbers.Select(number => experiment.Of(number))]);

    private async Task BegunAsync(int runs)
    {
        while (experiment.Begun.Count < runs)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
