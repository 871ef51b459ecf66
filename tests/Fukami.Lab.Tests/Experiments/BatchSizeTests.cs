using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class BatchSizeTests
{
    private static readonly BatchSize Experiment = new();
    private static readonly string[] Small = ["batches=1,2,16", "compare=16", "draws=16", "width=16", "heads=2", "length=4", "vocabulary=8", "steps=10", "seeds=2"];

    [Fact]
    public void Statistics_of_a_handmade_batch_are_those_that_the_engine_used()
    {
        // two rows of one feature each draw: mean (a + b)/2, variance ((a − b)/2)²
        TransformerSettings net = StatisticsProbe.Net(width: 4, heads: 2, epsilon: 1e-5, largest: 2, draws: 8);
        var random = new RandomSource(3);
        BatchMoments found = new StatisticsProbe(new Tape(new ThreadTeam(1)), net, random, draws: 8).Measure([2]).Moments.Single();

        float[] x = Transformer.Init(net, random).Parameters.Single(p => p.Name is "embed.weight").Values.ToArray(); // (16, 4)
        double means = 0, variances = 0;
        for (int draw = 0; draw < 8; draw++)
        {
            for (int feature = 0; feature < 4; feature++)
            {
                double a = x[(8 * draw) + feature], b = x[(8 * draw) + 4 + feature];
                means += (a + b) * (a + b) / 4 / 32;
                variances += (a - b) * (a - b) / 4 / 32;
            }
        }

        Assert.Equal(Math.Sqrt(means), found.MeanSpread, 4);
        Assert.Equal(variances, found.VarianceMean, 3);
    }

    [Fact]
    public void Predictions_are_those_of_the_textbook()
    {
        Assert.Equal(0.25, BatchMoments.PredictMeanSpread(16), 12);
        Assert.Equal(0.5, BatchMoments.PredictVarianceMean(2), 12);
        Assert.Equal(Math.Sqrt(2), BatchMoments.PredictVarianceVariation(2), 12);
    }

    [Fact]
    public void The_statistics_of_a_batch_are_noise_as_predicted()
    {
        Report report = Run("draws=100", "width=32", "seeds=3", "steps=1");
        Assert.All(["mean-noise", "variance-bias", "variance-noise"], id => Assert.InRange(Claim(report, id).Measured.Estimate, 0.95, 1.05));
        Assert.Equal(3, report.Series.Count(s => s.IsPrediction));
    }

    [Fact]
    public void One_sample_gives_the_bias_alone_and_two_give_plus_or_minus_one_less_what_epsilon_takes()
    {
        Report small = Run("epsilon=0.1", "steps=1");
        Assert.Equal(Interval.Exactly(0), Claim(small, "one-sample").Measured);
        Assert.All(small.Claims.Where(c => c.Claim.Id is "two-samples"), c => Assert.Equal(Verdict.Supported, c.Verdict));
        Assert.Equal(["ε=0.1", "ε=1e-12"], small.Claims.Where(c => c.Claim.Id is "two-samples").Select(c => c.Subject));
    }

    [Fact]
    public void Only_batch_normalization_lets_other_sentences_into_a_sentences_output()
    {
        Report report = Run("norm=batch,layer,rms,dyt,power", "steps=1");
        Assert.Equal(
            [("batch", Verdict.Refuted), ("layer", Verdict.Supported), ("rms", Verdict.Supported), ("dyt", Verdict.Supported), ("power", Verdict.Supported)],
            report.Claims.Where(c => c.Claim.Id is "batch-free").Select(c => (c.Subject, c.Verdict)));
    }

    [Fact]
    public void Batch_normalization_is_worse_where_a_batch_is_one_token_and_not_at_the_default()
    {
        Report one = Run("length=1", "batches=1,8", "compare=1", "steps=40", "seeds=3");
        Assert.NotEqual(Verdict.Supported, Claim(one, "equal-loss").Verdict);
        Assert.True(Claim(one, "simply-worse").Measured.Estimate > 0.05);

        Report many = Experiment.Run(Experiment.Defaults.With(["batches=32", "seeds=3"]));
        Assert.Equal(Verdict.Supported, Claim(many, "equal-loss").Verdict);
        Assert.Equal(Verdict.Refuted, Claim(many, "simply-worse").Verdict);
    }

    [Fact]
    public void A_batch_to_compare_at_that_is_not_trained_is_refused()
    {
        SettingException e = Assert.Throws<SettingException>(() => Run("compare=3"));
        Assert.Contains("compare=3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_layer_normalization_the_comparison_is_left_out_with_a_reason()
    {
        Report report = Run("norm=batch", "steps=1");
        Assert.Equal(["equal-loss", "simply-worse", "small-batches-hurt"], report.Omitted.Select(o => o.Claim.Id));
    }

    [Fact]
    public void A_run_that_is_stopped_keeps_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "steps=100000"]), new StopAfter(stop, "logits"), stop.Token);
        Assert.True(report.Interrupted);
        Assert.NotEmpty(report.Series);
        Assert.Contains(report.Omitted, o => o.Claim.Id is "equal-loss");
    }

    [Fact]
    public void Statistics_have_the_same_bits_on_any_number_of_threads()
    {
        TransformerSettings net = StatisticsProbe.Net(width: 64, heads: 2, epsilon: 1e-5, largest: 16, draws: 4);
        BatchMoments[] one = Measure(1), three = Measure(3);
        Assert.Equal(one, three);

        BatchMoments[] Measure(int threads) => new StatisticsProbe(new Tape(new ThreadTeam(threads)), net, new RandomSource(1), draws: 4).Measure([2, 16]).Moments;
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint_and_another_seed_another()
    {
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=2").Fingerprint);
    }

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private static ClaimResult Claim(Report report, string id) => report.Claims.Single(c => c.Claim.Id == id);

    private sealed class StopAfter(CancellationTokenSource stop, string words) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            if (value.Doing.English.Contains(words, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
