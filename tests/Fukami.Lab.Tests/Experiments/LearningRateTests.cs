namespace Fukami.Lab.Tests;

public sealed class LearningRateTests
{
    private static readonly LearningRate Experiment = new();
    private static readonly string[] Small = ["steps=10", "warm_up=5", "depth=1", "lowest_rate=0.01", "highest_rate=0.04", "vocabulary=8", "length=4", "seeds=2"];

    [Fact]
    public void Pre_norm_learns_at_a_larger_rate_than_a_net_without_normalization_and_warm_up_lets_post_norm_learn_at_a_larger_one()
    {
        Report report = Experiment.Run(Experiment.Defaults.With(["residual=plain,post,pre", "seeds=4", "seed=200"]));
        Assert.Equal(Verdict.Supported, VerdictOf(report, "pre-needs-no-warm-up", "pre/post"));
        Assert.Equal(Verdict.Supported, VerdictOf(report, "normalization-permits-larger-rates", "pre/plain"));
        Series post = report.Series.First(s => s.Quantity.Id is "largest_rate" && s.Name is "post");
        Assert.True(post.Y[1] > post.Y[0]);
    }

    [Fact]
    public void Equal_limits_refute_what_asks_for_larger_ones_and_support_that_warm_up_makes_no_difference()
    {
        var grid = new RateGrid(0.01, 0.16, 2);
        double[] same = [0.04, 0.04];
        ClaimResult[] claims = [.. LearningRateClaims.Test([Limits("plain", same, same), Limits("post", same, same), Limits("pre", same, same)], grid)];
        Assert.Equal(Verdict.Refuted, claims.Single(c => c.Claim.Id is "post-needs-warm-up").Verdict);
        Assert.All(claims.Where(c => c.Claim.Id is "normalization-permits-larger-rates"), c => Assert.Equal(Verdict.Refuted, c.Verdict));
        Assert.Equal(Verdict.Supported, claims.Single(c => c.Claim.Id is "pre-gains-nothing-by-warm-up").Verdict);
        Assert.Equal(Verdict.Supported, claims.Single(c => c.Claim.Id is "pre-needs-no-warm-up").Verdict);
    }

    [Fact]
    public void One_step_of_the_grid_is_enough_to_support_that_post_norm_needs_warm_up()
    {
        ClaimResult claim = LearningRateClaims.Test([Limits("post", [0.04, 0.02], [0.08, 0.04])], new RateGrid(0.01, 0.16, 2)).Single();
        Assert.Equal(new Interval(2, 2, 2), claim.Measured);
        Assert.Equal(Verdict.Supported, claim.Verdict);
    }

    [Fact]
    public void Pre_norm_below_post_norm_refutes_that_it_needs_no_warm_up()
    {
        ClaimResult[] claims = [.. LearningRateClaims.Test([Limits("post", [0.02, 0.02], [0.08, 0.08]), Limits("pre", [0.04, 0.04], [0.04, 0.04])], new RateGrid(0.01, 0.16, 2))];
        Assert.Equal(Verdict.Refuted, claims.Single(c => c.Claim.Id is "pre-needs-no-warm-up").Verdict);
    }

    [Fact]
    public void The_grid_rises_by_its_factor_and_holds_both_ends()
    {
        var grid = new RateGrid(0.001, 0.1, 10);
        Assert.Equal(3, grid.Rates.Count);
        Assert.Equal(0.1, grid.Rates[^1], 12);
        Assert.Equal(0.0001, grid.Below, 12);
    }

    [Fact]
    public void Nets_that_learn_at_no_rate_are_put_below_the_grid_and_counted()
    {
        Report report = Run("lowest_rate=1e-6", "highest_rate=2e-6", "residual=pre");
        Assert.Equal(5e-7, report.Series[0].Y[0], 12);
        Assert.Equal(2, report.Tables[0].Rows[0][4].Number);
    }

    [Theory]
    [InlineData("warm_up=10", "warm_up")]
    [InlineData("lowest_rate=1", "highest_rate")]
    [InlineData("lowest_rate=1e-8,factor=1.05", "factor")]
    [InlineData("width=15", "heads")]
    public void Settings_that_contradict_each_other_are_refused(string changes, string named) =>
        Assert.Contains(named, Assert.Throws<SettingException>(() => Run(changes.Split(','))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_same_settings_give_the_same_fingerprint()
    {
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=7").Fingerprint);
    }

    [Fact]
    public void Claims_that_do_not_apply_are_left_out_with_a_reason()
    {
        Assert.Equal(
            ["pre-needs-no-warm-up", "post-needs-warm-up", "pre-gains-nothing-by-warm-up", "normalization-permits-larger-rates"],
            Run("residual=rezero").Omitted.Select(o => o.Claim.Id));
        Assert.Equal(["pre-needs-no-warm-up", "pre-gains-nothing-by-warm-up"], Run("residual=plain,post").Omitted.Select(o => o.Claim.Id));
    }

    [Fact]
    public void A_run_that_is_stopped_keeps_whole_seeds()
    {
        using var stop = new CancellationTokenSource();
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "seeds=1000"]), new StopAt(stop, 0.01), stop.Token);
        Assert.True(report.Interrupted);
        Assert.NotEmpty(report.Series);
    }

    [Fact]
    public void Presets_are_settings_of_the_experiment() =>
        Assert.All(Experiment.Presets, p => Assert.True(Experiment.EstimateOperations(Experiment.Defaults.With(p.Assignments)) > 0));

    private static RateLimits Limits(string residual, double[] without, double[] with) => new(new Arrangement(residual, "layer"), without, with);

    private static Verdict VerdictOf(Report report, string id, string subject) => report.Claims.Single(c => c.Claim.Id == id && c.Subject == subject).Verdict;

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private sealed class StopAt(CancellationTokenSource stop, double share) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            if (value.Done >= share)
            {
                stop.Cancel();
            }
        }
    }
}
