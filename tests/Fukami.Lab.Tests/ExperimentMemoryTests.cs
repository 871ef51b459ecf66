namespace Fukami.Lab.Tests;

/// <summary>Runs that remember, after small changes of the settings.</summary>
public sealed class ExperimentMemoryTests
{
    /// <summary>Every setting of the experiments that remember, with another value than at the small settings.</summary>
    private static readonly Dictionary<string, string[]> Changes = new(StringComparer.Ordinal)
    {
        ["gradient-flow"] =
        [
            "residual=pre,sandwich", "norm=rms", "depth=4", "depths=2,4", "width=32", "heads=1", "length=6", "batch=2", "vocabulary=20", "kind=encoder", "activation=gelu",
            "initialization=gpt2", "positions=learned", "seeds=3", "seed=2",
        ],
        ["signal-growth"] =
        [
            "residual=pre,post", "norm=rms", "depth=4", "depths=1,2", "width=32", "heads=1", "length=6", "batch=2", "vocabulary=20", "kind=encoder", "attention=uniform",
            "activation=gelu", "initialization=gpt2", "positions=learned", "seeds=3", "seed=2",
        ],
        ["depth-training"] =
        [
            "residual=none,pre", "norm=rms", "depths=1,3", "width=32", "heads=1", "length=6", "batch=4", "vocabulary=12", "steps=9", "learning_rate=0.01", "warm_up=3",
            "temperature=2", "cost_depth=3", "seeds=3", "seed=2",
        ],
        ["synergy"] =
        [
            "residual=pre", "norm=rms", "depths=1,3", "width=32", "heads=1", "length=6", "batch=4", "vocabulary=12", "temperature=1", "steps=4", "learning_rate=0.01",
            "warm_up=3", "seeds=3", "seed=2",
        ],
    };

    public static TheoryData<string> Ids => SmallRuns.Ids;

    public static TheoryData<string> Remembering { get; } = [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_run_has_the_same_bits_with_a_memory_and_with_one_that_knows_it(string id)
    {
        (Experiment experiment, SettingValues settings) = SmallRuns.Of(id);
        var memory = new ExperimentMemory();
        string alone = experiment.Run(settings, cancellation: TestContext.Current.CancellationToken).Fingerprint;
        Report first = experiment.Run(settings, memory, cancellation: TestContext.Current.CancellationToken);
        Report second = experiment.Run(settings, memory, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([alone, alone], [first.Fingerprint, second.Fingerprint]);
        Assert.Equal(0, first.Remembered);
        Assert.Equal(Changes.ContainsKey(id), second.Remembered > 0);
        Assert.Equal(Changes.ContainsKey(id), experiment.Remembers);
    }

    [Theory]
    [MemberData(nameof(Remembering))]
    public void Whatever_setting_changes_a_memory_gives_no_other_finding_than_a_run_without(string id)
    {
        (Experiment experiment, SettingValues settings) = SmallRuns.Of(id);
        string[] settable = [.. experiment.Settings.Select(s => s.Name).Where(name => name is not ("model" or "prompt"))];
        Assert.Equal(settable.Order(), Changes[id].Select(c => c.Split('=')[0]).Order());
        var memory = new ExperimentMemory();
        experiment.Run(settings, memory, cancellation: TestContext.Current.CancellationToken);
        foreach (string change in Changes[id])
        {
            SettingValues changed = settings.With([change]);
            Assert.Equal(
                (change, experiment.Run(changed, cancellation: TestContext.Current.CancellationToken).Fingerprint),
                (change, experiment.Run(changed, memory, cancellation: TestContext.Current.CancellationToken).Fingerprint));
        }
    }

    [Fact]
    public void A_change_of_the_depth_leaves_the_scaling_over_depths_to_the_memory_and_its_first_report_has_it()
    {
        (Experiment experiment, SettingValues settings) = SmallRuns.Of("gradient-flow");
        var memory = new ExperimentMemory();
        experiment.Run(settings, memory, cancellation: TestContext.Current.CancellationToken);
        Report? early = null;
        Report report = experiment.Run(
            settings.With("depth", "5"), memory, new Listener(p => early ??= p.SoFar?.Invoke()), TestContext.Current.CancellationToken);
        Assert.Equal(2 * 3 * 3, report.Remembered); // seeds, arrangements that scale, depths
        Assert.True(early!.Partial);
        Assert.Equal(report.Series.Count(OverDepths), early.Series.Count(OverDepths));

        static bool OverDepths(Series series) => series.Quantity.Id == "last_layer_gradient_norm";
    }

    [Fact]
    public void What_was_finished_before_a_run_was_stopped_is_remembered()
    {
        (Experiment experiment, SettingValues settings) = SmallRuns.Of("gradient-flow");
        var memory = new ExperimentMemory();
        using var stop = new CancellationTokenSource();
        Report stopped = experiment.Run(settings, memory, new Listener(_ => stop.Cancel()), stop.Token);
        Report whole = experiment.Run(settings, memory, cancellation: TestContext.Current.CancellationToken);
        Assert.True(stopped.Interrupted);
        Assert.InRange(whole.Remembered, 1, 27);
        Assert.Equal(experiment.Run(settings, cancellation: TestContext.Current.CancellationToken).Fingerprint, whole.Fingerprint);
    }

    [Fact]
    public void What_nobody_has_used_for_longest_goes_first_and_the_rest_weighs_no_more_than_allowed()
    {
        var kept = new RecentlyUsed<string, string>(10);
        kept.Keep("a", "A", 4);
        kept.Keep("b", "B", 4);
        Assert.Equal("A", kept.Find("a"));
        kept.Keep("c", "C", 4);
        Assert.Null(kept.Find("b"));
        Assert.Equal(["A", "C"], [kept.Find("a"), kept.Find("c")]);
        kept.Keep("a", "A, grown", 7);
        Assert.Null(kept.Find("c"));
        Assert.Equal("A, grown", kept.Find("a"));
        kept.Keep("d", "D", 11);
        Assert.Null(kept.Find("a"));
        Assert.Null(kept.Find("d"));
        Assert.Equal("E", kept.FindOrAdd("e", () => "E"));
        Assert.Equal("E", kept.FindOrAdd("e", () => "another"));
    }
}
