using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class SignalGrowthTests
{
    private static readonly SignalGrowth Experiment = new();
    private static readonly string[] Small = ["width=32", "heads=2", "length=8", "vocabulary=100", "depth=6", "depths=2,8", "seeds=3"];

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(0, 1 / (2 * Math.PI))]
    [InlineData(-1, 0)]
    public void Relu_keeps_half_of_what_two_like_positions_share_and_makes_unlike_ones_alike(double correlation, double expected) =>
        Assert.Equal(expected, ActivationKernel.Relu(1, 1, correlation), 12);

    [Theory]
    [InlineData("relu", 1, 1, 1)]
    [InlineData("relu", 2, 0.5, 0.4)]
    [InlineData("gelu", 0.0512, 0.0512, 0.0512)]
    [InlineData("gelu", 1, 2, -0.7)]
    public void Closed_forms_of_the_kernels_agree_with_numerical_integration(string activation, double p, double q, double c)
    {
        Func<double, double> f = activation is "relu" ? x => Math.Max(x, 0) : x => x * Normal(x);
        const int half = 400;
        const double step = 0.02;
        double sum = 0, slope = c / p, rest = Math.Sqrt(Math.Max(0, q - (c * c / p)));
        for (int i = -half; i <= half; i++)
        {
            for (int j = -half; j <= half; j++)
            {
                double z = i * step, w = j * step, u = Math.Sqrt(p) * z;
                sum += Math.Exp(-((z * z) + (w * w)) / 2) * f(u) * f((slope * u) + (rest * w));
            }
        }

        Assert.Equal(sum * step * step / (2 * Math.PI), ActivationKernel.Of(activation)!(p, q, c), 4);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-0.3)]
    [InlineData(0)]
    [InlineData(0.999999)]
    [InlineData(1)]
    public void Angles_agree_with_the_runtimes(double cosine)
    {
        Assert.Equal(Math.Acos(cosine), Angle.OfCosine(cosine), 13);
        Assert.Equal(Math.Asin(cosine), Angle.OfSine(cosine), 13);
    }

    [Fact]
    public void A_sentence_of_one_token_adds_all_of_attention_in_every_layer()
    {
        StreamSizes sizes = CovarianceRecursion.Predict(Net("pre", 1) with { Epsilon = 1e-9f }, uniform: false)!;
        Assert.Equal(1 + (5 * 1.32), sizes.Stream[^1], 6);
        sizes = CovarianceRecursion.Predict(Net("plain", 1), uniform: false)!;
        Assert.Equal(Math.Pow(2 * 1.32, 5), sizes.Stream[^1], 6);
        sizes = CovarianceRecursion.Predict(Net("scaled-pre", 1) with { Epsilon = 1e-9f }, uniform: false)!;
        Assert.Equal(1 + (1.32 * (1 + 0.5 + (1 / 3.0) + 0.25 + 0.2)), sizes.Stream[^1], 6);
    }

    [Fact]
    public void Lemma_2_follows_from_the_recursion()
    {
        TransformerSettings net = Net("post", 8) with { Kind = "encoder", Heads = 1, FeedForwardWidth = 32 };
        Assert.All(CovarianceRecursion.Predict(net, uniform: true)!.Sums, s => Assert.Equal(1.5, s, 4));
        double last = CovarianceRecursion.Predict(net with { Residual = "pre" }, uniform: true)!.Stream[^1];
        Assert.InRange(last, 1 + (5 / 2.0), 1 + (3 * 5 / 2.0));
    }

    [Theory]
    [InlineData("plain", "own", 1.61)]
    [InlineData("pre", "own", 1.25)]
    [InlineData("pre", "uniform", 1.25)]
    [InlineData("sandwich", "uniform", 1.25)]
    [InlineData("parallel", "uniform", 1.25)]
    [InlineData("scaled-pre", "own", 1.25)]
    [InlineData("deepnorm", "own", 1.25)]
    public void Measured_sizes_follow_the_recursion(string residual, string attention, double factor)
    {
        // a product of layers strays by e^(2·√(7.25·L/(width·seeds))), a sum of them by less than a quarter
        Report report = Run("width=128", "seeds=4", "depth=4", "depths=2", $"residual={residual}", $"attention={attention}");
        Series[] lines = [.. Of(report, "stream_mean_square")];
        Series measured = lines.Single(s => !s.IsPrediction), predicted = lines.Single(s => s.IsPrediction);
        Assert.All(measured.Y.Zip(predicted.Y), pair => Assert.InRange(pair.First / pair.Second, 1 / factor, factor));
    }

    [Fact]
    public void Uniform_attention_averages_what_a_position_sees()
    {
        // of four unlike positions an encoder's average keeps a quarter, and the feed-forward part 8/25 of that
        Report report = Run("residual=none", "attention=uniform", "kind=encoder", "length=4", "depth=1", "depths=2", "width=128", "seeds=8", "vocabulary=10000");
        Assert.InRange(Of(report, "stream_mean_square").Single(s => !s.IsPrediction).Y[1], 0.8 * 0.08, 1.25 * 0.08);
    }

    [Fact]
    public void The_laws_of_depth_hold_and_GPT2s_factor_keeps_the_size()
    {
        Report report = Run("residual=none,plain,pre,post,sandwich,deepnorm,rezero,scaled-pre,parallel", "width=64");
        Assert.Equal(9, Claims(report, "depth-law").Count());
        Assert.All(report.Claims, c => Assert.NotEqual(Verdict.Refuted, c.Verdict));
        Assert.Equal(new Interval(1, 1, 1), Claims(report, "depth-law").Single(c => c.Subject is "rezero").Measured);
        Assert.Equal(Verdict.Supported, Claims(report, "scaled-start-keeps-size").Single().Verdict);
        Assert.Empty(report.Omitted);
    }

    [Fact]
    public void A_stream_without_the_residual_is_refuted()
    {
        var arrangement = new Arrangement("pre", "layer");
        DepthLaw law = DepthLaw.Of(arrangement, Net("pre", 8))!;
        Assert.Equal(Verdict.Refuted, SignalGrowthClaims.TestLaw(arrangement, law, new Interval(0.3, 0.2, 0.4)).Verdict);
        ClaimResult unscaled = SignalGrowthClaims.TestStart("gpt2-scaled", Net("pre", 8) with { Depth = 4 }, Net("pre", 8) with { Depth = 48 }, new Interval(3.9, 3.7, 4.1));
        Assert.Equal(Verdict.Refuted, unscaled.Verdict);
    }

    [Fact]
    public void A_dropped_residual_refutes_that_the_pre_norm_stream_grows()
    {
        var broken = new ResidualArrangement(
            "pre", new Bilingual("Broken.", "壊れている。"), FinalNorm: true, static layer => layer.InOrder(static at => new WithoutSkip(at.NormBefore(), at.Branch)));
        Assert.All(Claims(Run("width=128", "seeds=5"), "pre-norm-linear"), c => Assert.Equal(Verdict.Supported, c.Verdict));
        using (ChoiceTable.Substitute(broken))
        {
            Assert.All(Claims(Run("width=128", "seeds=5"), "pre-norm-linear"), c => Assert.Equal(Verdict.Refuted, c.Verdict));
        }
    }

    [Fact]
    public void A_start_that_is_not_scaled_fails_the_claim_about_the_scaled_one()
    {
        Report report = Run("depths=2,32");
        Series[] starts = [.. Of(report, "start_root_mean_square").Where(s => !s.IsPrediction)];
        Assert.InRange(starts.Single(s => s.Name is "gpt2-scaled").Y[1] / starts.Single(s => s.Name is "gpt2-scaled").Y[0], 0.8, 1.25);
        Assert.True(starts.Single(s => s.Name is "gpt2").Y[1] > 2 * starts.Single(s => s.Name is "gpt2").Y[0]);
    }

    [Fact]
    public void Every_arrangement_runs_with_every_normalization_and_laws_that_do_not_apply_are_left_out()
    {
        string residuals = string.Join(',', ResidualConnections.All.Select(r => r.Name)), norms = string.Join(',', Normalizations.All.Select(n => n.Name));
        Report report = Run($"residual={residuals}", $"norm={norms}", "seeds=1", "depth=2");
        string[] names = [.. Of(report, "stream_mean_square").Where(s => !s.IsPrediction).Select(s => s.Name)];
        Assert.Contains("pre/batch", names);
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.DoesNotContain(Claims(report, "depth-law"), c => c.Subject.EndsWith("/batch", StringComparison.Ordinal));
        report = Run("residual=pre", "activation=swiglu", "depths=4");
        Assert.Equal(["depth-law", "scaled-start-keeps-size", "unscaled-start-grows"], report.Omitted.Select(o => o.Claim.Id));
    }

    [Fact]
    public void A_plain_net_that_leaves_single_precision_is_left_open_with_a_reason()
    {
        ClaimResult claim = Claims(Run("residual=plain", "depth=200", "seeds=2"), "depth-law").Single();
        Assert.Equal(Verdict.Inconclusive, claim.Verdict);
        Assert.Contains("single precision", claim.Why.English, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint()
    {
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=2").Fingerprint);
    }

    [Fact]
    public void Settings_that_contradict_each_other_are_refused()
    {
        Assert.Contains("heads", Assert.Throws<SettingException>(() => Run("width=33")).Message, StringComparison.Ordinal);
        Assert.Contains("memory", Assert.Throws<SettingException>(() => Run("width=8192", "depth=1000")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_stopped_keeps_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "seeds=1000"]), new StopAt(stop, 20), stop.Token);
        Assert.True(report.Interrupted);
        Assert.NotEmpty(Of(report, "stream_mean_square"));
    }

    private static double Normal(double x)
    {
        // Φ by its series around 0
        double sum = x, term = x;
        for (int k = 1; k < 200; k++)
        {
            term *= x * x / ((2 * k) + 1);
            sum += term;
        }

        return 0.5 + (Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * sum);
    }

    private static TransformerSettings Net(string residual, int length) => new()
    {
        Vocabulary = 100,
        Length = length,
        Depth = 5,
        Width = 32,
        Heads = 2,
        Residual = residual,
        Norm = "layer",
        Activation = "relu",
        Initialization = "xavier",
        Positions = "none",
        Bias = false,
    };

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private static IEnumerable<ClaimResult> Claims(Report report, string id) => report.Claims.Where(c => c.Claim.Id == id);

    private static IEnumerable<Series> Of(Report report, string quantity) => report.Series.Where(s => s.Quantity.Id == quantity);

    private sealed class WithoutSkip(INormalization norm, Point branch) : IResidualConnection
    {
        public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) => sublayer.Forward(norm.Forward(x, pass), pass).At(branch);
    }

    private sealed class StopAt(CancellationTokenSource stop, int reports) : IProgress<ExperimentProgress>
    {
        private int left = reports;

        public void Report(ExperimentProgress value)
        {
            if (--left == 0)
            {
                stop.Cancel();
            }
        }
    }
}
