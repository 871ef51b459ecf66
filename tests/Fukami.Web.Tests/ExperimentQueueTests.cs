using Fukami.Lab;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fukami.Web.Tests;

public sealed class ExperimentQueueTests : IDisposable
{
    private static readonly Guid Aki = Guid.NewGuid();
    private static readonly Guid Ben = Guid.NewGuid();

    private readonly ExperimentQueue queue = new(new RunTimes(), NullLogger<ExperimentQueue>.Instance);
    private readonly GatedExperiment experiment = new();

    public void Dispose()
    {
        queue.Dispose();
        experiment.Dispose();
    }

    [Fact]
    public async Task Everybodys_first_run_comes_before_anybodys_second()
    {
        QueuedRun first = Add(Aki, 1);
        await BegunAsync(1);
        QueuedRun[] runs = [first, Add(Aki, 2), Add(Aki, 3), Add(Ben, 4)];
        experiment.LetGo(runs.Length);
        await Task.WhenAll(runs.Select(run => run.Completion));
        Assert.Equal([1, 4, 2, 3], experiment.Begun);
    }

    [Fact]
    public async Task A_small_run_does_not_wait_for_a_long_one()
    {
        QueuedRun hour = Add(Aki, 1);
        await BegunAsync(1);
        QueuedRun second = Add(Ben, 2, isLong: false);
        await BegunAsync(2);
        Assert.False(hour.Completion.IsCompleted);
        Assert.True(second.HasBegun);
    }

    [Fact]
    public async Task A_new_run_of_a_page_stops_its_last()
    {
        object page = new();
        QueuedRun first = queue.Add(Aki, page, experiment, experiment.Of(1));
        await BegunAsync(1);
        QueuedRun second = queue.Add(Aki, page, experiment, experiment.Of(2));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Completion);
        experiment.LetGo();
        Assert.Equal("2", (await second.Completion).Settings.Text("number"));
    }

    [Fact]
    public async Task A_waiting_run_that_is_stopped_never_begins()
    {
        QueuedRun first = Add(Aki, 1), second = Add(Ben, 2), third = Add(Ben, 3);
        await BegunAsync(1);
        second.Stop();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Completion);
        experiment.LetGo(2);
        await Task.WhenAll(first.Completion, third.Completion);
        Assert.Equal([1, 3], experiment.Begun);
    }

    [Fact]
    public async Task A_waiting_run_knows_how_many_come_before_it()
    {
        QueuedRun first = Add(Aki, 1);
        await BegunAsync(1);
        QueuedRun second = Add(Aki, 2), third = Add(Ben, 3);
        Assert.Null(queue.PlaceOf(first));
        Assert.Equal(1, queue.PlaceOf(third)?.Before);
        Assert.Equal(2, queue.PlaceOf(second)?.Before);
        Assert.True(queue.PlaceOf(second)?.Seconds > queue.PlaceOf(third)?.Seconds);
    }

    [Fact]
    public void One_learner_cannot_fill_the_queue()
    {
        LabException refused = Assert.ThrowsAny<LabException>(() => Enumerable.Range(0, 100).Select(i => Add(Aki, i)).ToList());
        Assert.Contains("waiting", refused.Sentence.English, StringComparison.Ordinal);
        Assert.NotNull(Add(Ben, 1));
    }

    [Fact]
    public async Task A_run_that_has_ended_holds_nothing_of_its_nets()
    {
        var report = new Report { Experiment = experiment, Settings = experiment.Of(1), Claims = [], Series = [] };
        bool could = false;
        QueuedRun run = null!;
        run = new QueuedRun(
            Aki,
            new object(),
            (told, _) =>
            {
                told.Report(new ExperimentProgress(0.5, new LocalizedText("half", "半分")) { SoFar = () => report });
                could = run.Latest?.SoFar is not null;
                return report;
            },
            1,
            null);
        run.Run(_ => { });
        Assert.True(could);
        Assert.Same(report, await run.Completion);
        Assert.Equal(0.5, run.Latest?.Done);
        Assert.Null(run.Latest?.SoFar);
    }

    [Fact]
    public async Task A_run_that_lets_the_machine_to_others_still_stops_at_once()
    {
        var report = new Report { Experiment = experiment, Settings = experiment.Of(1), Claims = [], Series = [] };
        var run = new QueuedRun(
            Aki,
            new object(),
            (told, stop) =>
            {
                told.Report(new ExperimentProgress(0.5, new LocalizedText("half", "半分")));
                return stop.IsCancellationRequested ? report : throw new InvalidOperationException("It did not rest.");
            },
            1,
            null);
        run.Rest(TimeSpan.FromHours(1));
        Task running = Task.Run(() => run.Run(_ => { }), TestContext.Current.CancellationToken);
        while (run.Latest is null)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        run.Stop();
        await running;
        Assert.Same(report, await run.Completion);
    }

    [Fact]
    public async Task An_error_without_a_sentence_becomes_one()
    {
        using var broken = new GatedExperiment { Failure = new InvalidOperationException("nobody expected this") };
        broken.LetGo();
        LabException said = await Assert.ThrowsAnyAsync<LabException>(() => queue.RunAsync(Aki, new object(), broken, broken.Of(1)));
        Assert.DoesNotContain("nobody expected this", said.Sentence.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentence_of_the_experiment_comes_through()
    {
        using var broken = new GatedExperiment { Failure = new SettingException(new LocalizedText("Choose another.", "別のものを選んでください。")) };
        broken.LetGo();
        LabException said = await Assert.ThrowsAnyAsync<LabException>(() => queue.RunAsync(Aki, new object(), broken, broken.Of(1)));
        Assert.Equal("Choose another.", said.Sentence.English);
    }

    [Fact]
    public void What_would_take_hours_is_for_the_command()
    {
        Experiment training = ExperimentCatalog.Find("depth-training")!;
        SettingValues settings = training.Defaults.With(["steps=100000", "seeds=1000"]);
        LabException refused = Assert.ThrowsAny<LabException>(() => queue.Add(Aki, new object(), training, settings));
        Assert.Contains("fukami experiment run depth-training", refused.Sentence.English, StringComparison.Ordinal);
    }

    private QueuedRun Add(Guid learner, int number, bool isLong = true) => queue.Add(learner, new object(), experiment, experiment.Of(number, isLong));

    private async Task BegunAsync(int runs)
    {
        while (experiment.Begun.Count < runs)
        {
            await Task.Delay(5);
        }
    }
}
