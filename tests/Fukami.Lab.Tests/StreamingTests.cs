using Fukami.Tensors;

namespace Fukami.Lab.Tests;

/// <summary>The reports that a run gives before its end.</summary>
public sealed class StreamingTests
{
    public static TheoryData<string> Ids => SmallRuns.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Reports_so_far_only_grow_and_the_last_is_the_report_of_the_run_which_is_the_same_without_a_listener(string id)
    {
        (Experiment experiment, SettingValues settings) = SmallRuns.Of(id);
        var told = new List<(double Done, Report? SoFar)>();
        Report report = experiment.Run(settings, new Listener(p => told.Add((p.Done, p.SoFar?.Invoke()))), TestContext.Current.CancellationToken);
        Report[] reports = [.. told.Select(t => t.SoFar).OfType<Report>()];

        Assert.False(report.Partial || report.Interrupted);
        Assert.Equal(experiment.Run(settings, cancellation: TestContext.Current.CancellationToken).Fingerprint, report.Fingerprint);
        Assert.Equal(told.Select(t => t.Done).Order(), told.Select(t => t.Done));
        Assert.True(reports[0].Partial);
        Assert.False(reports[^1].Partial);
        Assert.Equal(reports.Select(r => r.Partial).OrderDescending(), reports.Select(r => r.Partial));
        Assert.All(reports.Where(r => !r.Partial), r => Assert.Equal(report.Fingerprint, r.Fingerprint));
        Assert.All(reports, r => Assert.False(r.Interrupted));
        Assert.All(reports, r => Assert.Equal(experiment.Claims.Count, r.Claims.Select(c => c.Claim).Concat(r.Omitted.Select(o => o.Claim)).Distinct().Count()));
        Assert.Equal(reports.Select(Points).Order(), reports.Select(Points));
    }

    [Fact]
    public void The_report_that_comes_with_a_finding_has_what_was_told_so_far_even_where_more_is_measured_already()
    {
        var sample = new SampleExperiment();
        int trials = Math.Max(2, ThreadTeam.Shared.Threads);
        using var measured = new CountdownEvent(trials);
        var trial = new Trial<object>(
            1,
            1,
            _ =>
            {
                measured.Signal();
                return new object();
            },
            _ => new LocalizedText("done", "完了"));
        var partial = new List<bool>();
        Trials.Run(
            [.. Enumerable.Repeat(trial, trials)],
            _ => sample.Run(sample.Defaults),
            new Listener(p =>
            {
                measured.Wait(TimeSpan.FromMilliseconds(200)); // on one thread they come one after the other
                Thread.Sleep(20);
                partial.Add(p.SoFar!().Partial);
            }),
            TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, trials).Select(told => told < trials), partial);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Reports_so_far_can_be_asked_for_on_another_thread_while_the_trials_go_on(string id)
    {
        (Experiment experiment, SettingValues settings) = SmallRuns.Of(id);
        Func<Report>? soFar = null;
        using var over = new ManualResetEventSlim();
        var points = new List<int>();
        Exception? failure = null;
        var asker = new Thread(Ask) { IsBackground = true };
        asker.Start();
        string fingerprint = experiment.Run(settings, new Listener(p => Volatile.Write(ref soFar, p.SoFar)), TestContext.Current.CancellationToken).Fingerprint;
        over.Set();
        asker.Join();

        Assert.Null(failure);
        Assert.Equal(points.Order(), points);
        Assert.Equal(experiment.Run(settings, cancellation: TestContext.Current.CancellationToken).Fingerprint, fingerprint);
        Assert.Equal(fingerprint, soFar!().Fingerprint);

        void Ask()
        {
            try
            {
                while (!over.IsSet)
                {
                    if (Volatile.Read(ref soFar) is { } ask)
                    {
                        points.Add(Points(ask()));
                    }
                }
            }
            catch (Exception e)
            {
                failure = e;
            }
        }
    }

    [Fact]
    public void Asking_for_a_report_waits_for_no_listener()
    {
        (Experiment experiment, SettingValues settings) = SmallRuns.Of("gradient-flow");
        int asked = 0;
        experiment.Run(
            settings,
            new Listener(p =>
            {
                // the listener, whom the run waits for, waits itself for a thread that asks
                if (p.SoFar is { } ask)
                {
                    Task.Run(ask, TestContext.Current.CancellationToken).Wait(TestContext.Current.CancellationToken);
                    asked++;
                }
            }),
            TestContext.Current.CancellationToken);
        Assert.True(asked > 1);
    }

    [Fact]
    public void The_first_seeds_profiles_of_gradient_flow_come_first()
    {
        (Experiment experiment, SettingValues settings) = SmallRuns.Of("gradient-flow");
        Report? early = null;
        experiment.Run(settings.With("seeds", "20"), new Listener(p => early ??= p.Done > 0.1 ? p.SoFar?.Invoke() : null), TestContext.Current.CancellationToken);
        Assert.True(early!.Partial);
        Assert.Equal(["none", "plain", "pre", "post", "deepnorm"], early.Series.Where(s => s.Quantity.Id == "hidden_gradient_norm").Select(s => s.Name));
    }

    private static int Points(Report report) => report.Series.Sum(s => s.X.Count);
}
