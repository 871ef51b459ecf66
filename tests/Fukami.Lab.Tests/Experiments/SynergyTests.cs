using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class SynergyTests
{
    private static readonly Synergy Experiment = new();
    private static readonly string[] Small = ["width=16", "heads=2", "length=8", "depths=1,8", "steps=60", "learning_rate=0.004", "vocabulary=8", "residual=pre", "seeds=3"];

    [Fact]
    public void Interaction_is_what_the_whole_gains_over_the_sum_of_what_its_parts_gain()
    {
        var cells = new FactorialCells(1, Neither: 0.1, Norm: 0.2, Skip: 0.4, Both: 0.9);
        Assert.Equal((0.9 - 0.1) - ((0.2 - 0.1) + (0.4 - 0.1)), cells.Interaction, 12);
        Assert.Equal(0, new FactorialCells(1, 0, 0.25, 0.5, 0.75).Interaction);
    }

    [Fact]
    public void Learned_share_is_zero_at_the_frequencies_and_one_at_the_floor()
    {
        var share = new LearnedShare(Unigram: 3, Floor: 1);
        Assert.Equal(0, share.Of(3));
        Assert.Equal(0.5, share.Of(2));
        Assert.Equal(1, share.Of(1));
        Assert.Equal(0, share.Of(1e9));
        Assert.Equal(0, share.Of(double.NaN));
    }

    [Fact]
    public void Learned_share_of_a_chain_starts_at_the_entropy_of_its_frequencies()
    {
        var chain = new MarkovChain(2, 0.5, new RandomSource(3));
        double p = chain.Stationary[0];
        LearnedShare share = LearnedShare.On(chain);
        Assert.Equal(-(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p)), share.Unigram, 9);
        Assert.Equal(chain.EntropyRate, share.Floor);
        Assert.True(share.Floor < share.Unigram);
    }

    [Fact]
    public void Together_they_gain_more_than_apart_in_a_deep_net_and_not_in_a_shallow_one()
    {
        Report report = Run();
        ClaimResult deep = report.Claims.Single(c => c.Claim.Id is "whole-more-than-parts");
        Assert.True(deep.Verdict is Verdict.Supported, $"{deep.Measured}");
        Assert.Equal(Verdict.Refuted, report.Claims.Single(c => c.Claim.Id is "skip-suffices").Verdict);
        ClaimResult shallow = Run("depths=1").Claims.Single(c => c.Claim.Id is "whole-more-than-parts");
        Assert.True(shallow.Verdict is not Verdict.Supported, $"{shallow.Measured}");
        Assert.Equal(Verdict.Supported, Run("depths=1").Claims.Single(c => c.Claim.Id is "skip-suffices").Verdict);
    }

    [Fact]
    public void With_one_depth_nothing_is_said_of_growth()
    {
        Report report = Run("depths=2", "steps=2", "seeds=2");
        Assert.Equal("interaction-grows-with-depth", Assert.Single(report.Omitted).Claim.Id);
    }

    [Theory]
    [InlineData("residual=rezero", "rezero")]
    [InlineData("norm=none", "norm none")]
    [InlineData("width=17", "heads")]
    public void Settings_that_leave_nothing_to_take_out_are_refused(string setting, string names)
    {
        SettingException e = Assert.Throws<SettingException>(() => Run(setting));
        Assert.Contains(names, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_run_keeps_the_nets_that_were_trained()
    {
        using var stop = new CancellationTokenSource();
        var progress = new StopAt(stop, 0.2);
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "seeds=40", "steps=5"]), progress, stop.Token);
        Assert.True(report.Interrupted);
        Assert.NotEmpty(report.Series);
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint()
    {
        string[] quick = ["steps=5", "seeds=2"];
        Assert.Equal(Run(quick).Fingerprint, Run(quick).Fingerprint);
        Assert.NotEqual(Run(quick).Fingerprint, Run([.. quick, "seed=2"]).Fingerprint);
    }

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private sealed class StopAt(CancellationTokenSource stop, double done) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            if (value.Done >= done)
            {
                stop.Cancel();
            }
        }
    }
}
