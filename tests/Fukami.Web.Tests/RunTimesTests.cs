using Fukami.Lab;

namespace Fukami.Web.Tests;

public sealed class RunTimesTests : IDisposable
{
    private readonly GatedExperiment experiment = new();
    private readonly RunTimes times = new();

    private SettingValues Large => experiment.Of(0, isLong: true);

    [Fact]
    public void A_run_that_was_slower_than_expected_makes_the_next_one_look_as_slow()
    {
        double before = times.Seconds(experiment, Large);
        times.Learn(Timed(Large, 3 * before));
        Assert.Equal(3 * before, times.Seconds(experiment, experiment.Of(1)), before * 1e-9);
    }

    [Fact]
    public void A_run_too_small_to_tell_teaches_nothing_about_large_ones()
    {
        double before = times.Seconds(experiment, Large);
        times.Learn(Timed(experiment.Of(0, isLong: false), 0.5));
        Assert.Equal(before, times.Seconds(experiment, Large));
    }

    [Fact]
    public void Nor_does_one_that_was_stopped_or_rests_on_earlier_ones()
    {
        double before = times.Seconds(experiment, Large);
        times.Learn(Timed(Large, 9 * before) with { Interrupted = true });
        times.Learn(Timed(Large, 9 * before) with { Remembered = 1 });
        Assert.Equal(before, times.Seconds(experiment, Large));
    }

    public void Dispose() => experiment.Dispose();

    private Report Timed(SettingValues settings, double seconds) => new() { Experiment = experiment, Settings = settings, Claims = [], Series = [], ElapsedSeconds = seconds };
}
