namespace Fukami.Lab.Tests;

public sealed class MemoryAndSpeedTests
{
    private static readonly Experiment Experiment = ExperimentCatalog.Find("memory-and-speed")!;
    private static readonly string[] Small = ["width=16", "heads=2", "depth=2", "vocabulary=50", "batches=1,3", "lengths=8,24", "seeds=2"];

    [Theory]
    [InlineData("pre", "layer")]
    [InlineData("post", "rms")]
    [InlineData("sandwich", "layer")]
    [InlineData("plain", "none")]
    [InlineData("parallel", "dyt")]
    [InlineData("rezero", "layer")]
    [InlineData("deepnorm", "batch")]
    [InlineData("none-norm", "power")]
    public void The_formula_counts_every_parameter(string residual, string norm) =>
        Assert.Equal(1, Run($"residual={residual}", $"norm={norm}").Claims.First(c => c.Claim.Id is "parameters-by-formula").Measured.Estimate);

    [Theory]
    [InlineData("pre")]
    [InlineData("post")]
    [InlineData("sandwich")]
    [InlineData("plain")]
    public void Predicted_activation_memory_is_within_five_percent(string residual)
    {
        // wide enough that the line between two pieces of memory does not count
        Report report = Experiment.Run(Experiment.Defaults.With([$"residual={residual}", "batches=1,4", "lengths=16,64", "depth=2", "width=64", "seeds=1"]));
        ClaimResult[] claims = [.. report.Claims.Where(c => c.Claim.Id is "activations-by-shapes")];
        Assert.Equal(3, claims.Length);
        Assert.All(claims, c => Assert.Equal(Verdict.Supported, c.Verdict));
    }

    [Fact]
    public void Where_padding_between_small_pieces_dominates_the_sum_of_shapes_is_refuted() =>
        Assert.Contains(
            Run("width=4", "heads=2", "lengths=1,2", "batches=1,2").Claims,
            c => c.Claim.Id is "activations-by-shapes" && c.Verdict == Verdict.Refuted);

    [Fact]
    public void Arrangements_whose_names_do_not_tell_the_sum_leave_the_claim_out_with_a_reason() =>
        Assert.Contains(Run("residual=deepnorm").Omitted, o => o.Claim.Id is "activations-by-shapes" && o.Reason.English.Contains("arrangement", StringComparison.Ordinal));

    [Fact]
    public void With_a_single_batch_there_is_nothing_to_compare() =>
        Assert.Contains(Run("batches=2").Omitted, o => o.Claim.Id is "activations-grow-with-batch");

    [Fact]
    public void Times_stay_out_of_the_fingerprint() => Assert.Equal(Run().Fingerprint, Run().Fingerprint);

    [Fact]
    public void Stopped_after_a_round_it_reports_the_rounds_that_are_finished()
    {
        using var stop = new CancellationTokenSource();
        Report report = Experiment.Run(
            Experiment.Defaults.With(Small).With("seeds", "50"),
            new Stopper(p =>
            {
                if (p.Done > 0.06)
                {
                    stop.Cancel();
                }
            }),
            stop.Token);
        Assert.True(report.Interrupted);
        Assert.Contains(report.Claims, c => c.Claim.DependsOnMachine);
    }

    [Fact]
    public void A_width_that_heads_cannot_share_is_refused() => Assert.Throws<SettingException>(() => Run("heads=5"));

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private sealed class Stopper(Action<ExperimentProgress> told) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => told(value);
    }
}
