using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class TrainInferenceGapTests
{
    private static readonly TrainInferenceGap Experiment = new();
    private static readonly string[] Small =
        ["batches=1,4,16", "batch=4", "settle=20", "depth=1", "width=16", "heads=2", "length=4", "vocabulary=8", "steps=15", "seeds=2"];

    [Fact]
    public void Only_batch_normalization_has_two_modes()
    {
        Report report = Run("norm=batch,power,layer,rms,dyt");
        Assert.Equal(
            [("batch", Verdict.Refuted), ("power", Verdict.Supported), ("layer", Verdict.Supported), ("rms", Verdict.Supported), ("dyt", Verdict.Supported)],
            report.Claims.Where(c => c.Claim.Id is "same-in-both-modes").Select(c => (c.Subject, c.Verdict)));
    }

    [Fact]
    public void The_gap_falls_with_the_batch()
    {
        Report report = Run("norm=batch");
        Series gap = report.Series.First(s => s.Quantity.Id is "settled_gap" && !s.IsPrediction);
        Assert.True(gap.Y[0] > 1.5 * gap.Y[1] && gap.Y[1] > 1.5 * gap.Y[2]);
        Series predicted = report.Series.Single(s => s.IsPrediction);
        Assert.Equal(gap.Y[^1], predicted.Y[^1], 12);
    }

    [Fact]
    public void Predictions_are_those_of_the_derivation()
    {
        // running means over batches of one: 1/4 + 0.1/1.9
        Assert.Equal(Math.Sqrt(0.25 + (0.1 / 1.9)), GapPredictions.Shape(4, 1), 12);
        Assert.Equal(-0.5, GapPredictions.Slope([1, 2, 4, 8], 1_000_000), 3);
        Assert.Equal(-0.5, GapPredictions.SlopeOf([1, 4, 16], [1, 0.5, 0.25]), 9);
    }

    [Fact]
    public void With_statistics_far_from_rest_the_gap_does_not_fall_as_predicted()
    {
        // one step, no passes to settle: the running statistics are still the initial ones, and no batch comes near them
        Report report = Run("norm=batch", "steps=1", "settle=0", "seeds=5");
        Assert.Equal(Verdict.Refuted, report.Claims.Single(c => c.Claim.Id is "gap-falls").Verdict);
        Assert.Equal(["settling-helps"], report.Omitted.Select(o => o.Claim.Id));
    }

    [Fact]
    public void Comparing_leaves_the_running_statistics_as_they_were_and_settling_moves_them()
    {
        TransformerSettings net = new() { Vocabulary = 8, Length = 4, Depth = 1, Width = 8, Heads = 2, Norm = "batch" };
        Transformer model = Transformer.Init(net, new RandomSource(1));
        var probe = new GapProbe(new Tape(new ThreadTeam(1)), model, new MarkovSource("decoder", 8, 4), examples: 4);
        float[] before = model.Statistics[0].Values.ToArray();
        Assert.True(probe.At(2).Logits > 0);
        Assert.Equal(before, model.Statistics[0].Values.ToArray());
        probe.Settle(1, 4, new RandomSource(2));
        Assert.NotEqual(before, model.Statistics[0].Values.ToArray());
    }

    [Fact]
    public void Without_batch_normalization_its_claims_are_left_out_with_a_reason()
    {
        Report report = Run("norm=layer");
        Assert.Equal(["gap-falls", "settling-helps", "training-mode-costs"], report.Omitted.Select(o => o.Claim.Id));
        Assert.All(report.Omitted, o => Assert.NotEmpty(o.Reason.Japanese));
    }

    [Fact]
    public void A_width_that_heads_do_not_divide_is_refused() => Assert.Throws<SettingException>(() => Run("width=15"));

    [Fact]
    public void A_run_that_is_stopped_keeps_the_nets_that_it_has()
    {
        using var stop = new CancellationTokenSource();
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "norm=layer", "seeds=1000"]), new StopAfter(stop), stop.Token);
        Assert.True(report.Interrupted);
        Assert.NotEmpty(report.Series);
    }

    [Fact]
    public void The_figures_have_the_same_bits_on_any_number_of_threads()
    {
        TransformerSettings net = new() { Vocabulary = 8, Length = 4, Depth = 1, Width = 32, Heads = 2, Norm = "batch" };
        Assert.Equal(Measure(1), Measure(3));

        (double, double) Measure(int threads) =>
            new GapProbe(new Tape(new ThreadTeam(threads)), Transformer.Init(net, new RandomSource(1)), new MarkovSource("decoder", 8, 4), examples: 16).At(4);
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint_and_another_seed_another()
    {
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=2").Fingerprint);
    }

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private sealed class StopAfter(CancellationTokenSource stop) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            if (value.Doing.English.Contains("training mode", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
