using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class GradientFlowTests
{
    private static readonly GradientFlow Experiment = new();
    private static readonly string[] Small = ["width=16", "heads=2", "length=8", "vocabulary=50", "depth=4", "depths=2,4", "seeds=2"];

    [Theory]
    [InlineData("plain")]
    [InlineData("pre")]
    [InlineData("sandwich")]
    [InlineData("rezero")]
    [InlineData("scaled-pre")]
    [InlineData("parallel")]
    public void Identity_skips_carry_the_last_layers_gradient_to_the_first_bit_for_bit(string residual)
    {
        Report report = Run($"residual={residual}");
        Assert.All(Claims(report, "direct-path-share"), c => Assert.Equal(new Interval(1, 1, 1), c.Measured));
        Assert.All(Of(report, "direct_path_gradient_norm"), s => Assert.All(s.Y, y => Assert.Equal(s.Y[^1], y)));
    }

    [Theory]
    [InlineData("post")]
    [InlineData("deepnorm")]
    public void Direct_path_of_a_normalized_skip_is_the_product_of_the_normalizations_Jacobians(string residual)
    {
        const int width = 16, length = 6, depth = 3;
        TransformerSettings settings = Net(residual, depth, width, length);
        Transformer model = Transformer.Init(settings, new RandomSource(5));
        TokenBatch text = RandomText.Of(2, length, settings.Vocabulary, new RandomSource(6));
        var tape = new Tape(new ThreadTeam(1));
        GradientProfile profile = new GradientProbe(tape, model, text, training: true).Profile();

        tape.Begin(training: true);
        tape.Backward(model.Loss(tape, text));
        double[] gradient = [.. tape[$"blocks.{depth - 1}.resid_post"].Gradient.ToArray().Select(g => (double)g)];
        double alpha = residual is "deepnorm" ? Math.Pow(2 * depth, 0.25) : 1;
        for (int layer = depth - 1; layer >= 0; layer--)
        {
            foreach (string sum in (string[])["resid_post_sum", "resid_mid_sum"])
            {
                gradient = LayerNormalizationJacobian(tape[string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.{sum}")].Values, gradient, width, settings.Epsilon);
                gradient = [.. gradient.Select(g => alpha * g)];
            }

            Assert.Equal(1, Math.Sqrt(gradient.Sum(g => g * g)) / profile.Direct[layer], 4);
        }
    }

    [Fact]
    public void Last_layers_gradient_alone_has_the_bits_of_the_whole_backward_pass()
    {
        TransformerSettings settings = Net("pre", 3, 16, 6);
        var probe = new GradientProbe(new Tape(new ThreadTeam(1)), Transformer.Init(settings, new RandomSource(5)), RandomText.Of(2, 6, settings.Vocabulary, new RandomSource(6)), training: true);
        Assert.Equal(probe.Profile().Weight[^1], probe.LastLayerWeight());
    }

    [Fact]
    public void A_deeper_net_begins_with_the_layers_of_the_shallower_one()
    {
        var nets = new FreshNets(new SeedDraws(3));
        var job = new GradientFlowJob(new Arrangement("pre", "layer"), Net("pre", 2, 16, 6), 0, Profile: true, 1);
        float[] shallow = Weights(nets.Of(job, new Workspace()), "blocks.1.mlp.up.weight");
        float[] deep = Weights(nets.Of(job with { Net = job.Net with { Depth = 5 } }, new Workspace()), "blocks.1.mlp.up.weight");
        float[] itself = Weights(Transformer.Init(job.Net, new RandomSource(3).Split("weights")), "blocks.1.mlp.up.weight");
        Assert.Equal(shallow, deep);
        Assert.Equal(shallow, itself);
    }

    [Fact]
    public void Xavier_nets_pass_on_all_through_attention_and_eight_twentyfifths_through_the_feed_forward_part()
    {
        var v = new InitialVariances(Net("none", 2, 64, 8));
        Assert.Equal(1, v.Attention, 6);
        Assert.Equal(0.32, v.FeedForward, 6);
        Assert.Equal(1, v.Stream, 6);
    }

    [Fact]
    public void The_default_run_supports_the_scaling_of_the_last_layer_and_refutes_the_free_way_through_a_post_norm_net()
    {
        Report report = Experiment.Run(Experiment.Defaults);
        Assert.All(Claims(report, "last-layer-scaling"), c => Assert.Equal(Verdict.Supported, c.Verdict));
        Assert.Equal(["pre", "post", "deepnorm"], Claims(report, "last-layer-scaling").Select(c => c.Subject));
        Assert.Equal(Verdict.Supported, Assert.Single(Claims(report, "plain-net-vanishes")).Verdict);
        Assert.Equal(Verdict.Refuted, Claims(report, "direct-path-share").Single(c => c.Subject is "post").Verdict);
        Assert.Equal(Verdict.Refuted, Claims(report, "skip-keeps-gradient").Single(c => c.Subject is "plain").Verdict);
        Assert.Equal(Verdict.Supported, Claims(report, "skip-keeps-gradient").Single(c => c.Subject is "pre").Verdict);
        Assert.Empty(report.Omitted);
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint()
    {
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=2").Fingerprint);
    }

    [Fact]
    public void Seeds_do_not_depend_on_how_many_there_are()
    {
        double[] one = [.. Of(Run("seeds=1", "residual=pre"), "hidden_gradient_norm").Single().Y];
        double[] first = [.. Of(Run("seeds=1", "residual=pre,post"), "hidden_gradient_norm").First().Y];
        Assert.Equal(one, first);
    }

    [Fact]
    public void Every_arrangement_runs_with_every_normalization()
    {
        string residuals = string.Join(',', ResidualConnections.All.Select(r => r.Name)), norms = string.Join(',', Normalizations.All.Select(n => n.Name));
        Report report = Run($"residual={residuals}", $"norm={norms}", "seeds=1", "depth=2");
        string[] names = [.. Of(report, "hidden_gradient_norm").Select(s => s.Name)];
        Assert.Contains("post", names);
        Assert.Contains("post/rms", names);
        Assert.Contains("pre/batch", names);
        Assert.Single(names, "plain");
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(Of(report, "hidden_gradient_norm"), s => Assert.All(s.Y, y => Assert.True(y > 0 && double.IsFinite(y))));
    }

    [Fact]
    public void A_thousand_layers_without_a_skip_give_a_report_though_the_gradient_underflows()
    {
        Report report = Run("residual=none,post", "depth=1000", "width=16", "length=4", "vocabulary=20", "seeds=2");
        Series none = Of(report, "hidden_gradient_norm").Single(s => s.Name is "none");
        Assert.Equal(1001, none.X.Count);
        Assert.Equal(0, none.Y[0]);
        Assert.True(Of(report, "hidden_gradient_norm").Single(s => s.Name is "post").Y[0] > 0);
    }

    [Fact]
    public void Claims_that_do_not_apply_are_left_out_with_a_reason()
    {
        Report report = Run("residual=rezero");
        Assert.Equal(["plain-net-vanishes", "last-layer-scaling", "post-norm-factor"], report.Omitted.Select(o => o.Claim.Id));
        Assert.All(report.Omitted, o => Assert.NotEmpty(o.Reason.Japanese));
    }

    [Fact]
    public void Nets_that_do_not_fit_into_memory_are_refused_before_the_run()
    {
        SettingException e = Assert.Throws<SettingException>(() => Run("width=8192", "depth=1000"));
        Assert.Contains("memory", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_numbers_leave_single_precision_the_verdict_is_open_and_says_why()
    {
        Report report = Run("residual=none,plain", "depth=1000", "width=16", "length=4", "vocabulary=20");
        ClaimResult plain = Claims(report, "skip-keeps-gradient").Single();
        Assert.Equal(Verdict.Inconclusive, plain.Verdict);
        Assert.Contains("single precision", plain.Why.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_width_that_heads_do_not_divide_is_refused()
    {
        SettingException e = Assert.Throws<SettingException>(() => Run("width=65"));
        Assert.Contains("heads", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_stopped_keeps_the_seeds_that_it_has()
    {
        using var stop = new CancellationTokenSource();
        var progress = new StopAfter(stop, 4);
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "seeds=1000"]), progress, stop.Token);
        Assert.True(report.Interrupted);
        Assert.NotEmpty(Of(report, "hidden_gradient_norm"));
    }

    [Fact]
    public void A_run_that_is_stopped_before_it_began_has_no_report()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Experiment.Run(Experiment.Defaults, null, stop.Token));
    }

    [Fact]
    public void Progress_reaches_the_whole_of_the_work()
    {
        var progress = new LastOf();
        Experiment.Run(Experiment.Defaults.With(Small), progress);
        Assert.Equal(1, progress.Done, 9);
        Assert.Contains("seed", progress.Doing!.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_model_is_measured_on_its_own_tokens()
    {
        using var folder = new TemporaryFolder();
        CharacterTokenizer tokenizer = CharacterTokenizer.Train("the cat sat on the mat");
        TransformerSettings settings = Net("pre", 3, 16, 32) with { Vocabulary = tokenizer.Vocabulary, Dropout = 0.1f, Bias = true };
        ModelFolder.Save(folder.Path, Transformer.Init(settings, new RandomSource(1)), tokenizer);
        Report report = Experiment.Run(Experiment.Defaults.With("model", folder.Path).With("prompt", "the cat sat"));
        Assert.Equal("3", report.Settings.Text("depth"));
        Assert.Equal("10", report.Settings.Text("length"));
        Assert.Equal(["direct-path-share", "same-in-every-layer"], report.Claims.Select(c => c.Claim.Id));
        Assert.Equal(Verdict.Supported, report.Claims[0].Verdict);
        Assert.Equal(4, report.Omitted.Count);
        Assert.Equal(report.Fingerprint, Experiment.Run(Experiment.Defaults.With("model", folder.Path).With("prompt", "the cat sat")).Fingerprint);
    }

    [Fact]
    public void A_prompt_that_is_too_long_for_the_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        CharacterTokenizer tokenizer = CharacterTokenizer.Train("the cat");
        ModelFolder.Save(folder.Path, Transformer.Init(Net("post", 2, 8, 4) with { Vocabulary = tokenizer.Vocabulary }, new RandomSource(1)), tokenizer);
        SettingException e = Assert.Throws<SettingException>(() => Experiment.Run(Experiment.Defaults.With("model", folder.Path).With("prompt", "the cat the cat")));
        Assert.Contains("15 tokens", e.Message, StringComparison.Ordinal);
    }

    // J^T g for each row: (g − mean g − x̂·mean(g·x̂)) / deviation
    private static double[] LayerNormalizationJacobian(ReadOnlySpan<float> x, double[] gradient, int width, float epsilon)
    {
        var result = new double[gradient.Length];
        for (int start = 0; start < gradient.Length; start += width)
        {
            double[] row = [.. x.Slice(start, width).ToArray().Select(v => (double)v)];
            double[] g = gradient[start..(start + width)];
            double mean = row.Average(), deviation = Math.Sqrt(row.Average(v => (v - mean) * (v - mean)) + epsilon);
            double[] hat = [.. row.Select(v => (v - mean) / deviation)];
            double meanG = g.Average(), meanGHat = g.Zip(hat, (a, b) => a * b).Average();
            for (int i = 0; i < width; i++)
            {
                result[start + i] = (g[i] - meanG - (hat[i] * meanGHat)) / deviation;
            }
        }

        return result;
    }

    private static TransformerSettings Net(string residual, int depth, int width, int length) => new()
    {
        Vocabulary = 30,
        Length = length,
        Depth = depth,
        Width = width,
        Heads = 2,
        Residual = residual,
        Norm = "layer",
        Activation = "relu",
        Initialization = "xavier",
        Positions = "none",
        Bias = false,
    };

    private static float[] Weights(Transformer model, string name) => model.Parameters.Single(p => p.Name == name).Values.ToArray();

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private static IEnumerable<ClaimResult> Claims(Report report, string id) => report.Claims.Where(c => c.Claim.Id == id);

    private static IEnumerable<Series> Of(Report report, string quantity) => report.Series.Where(s => s.Quantity.Id == quantity);

    private sealed class StopAfter(CancellationTokenSource stop, int reports) : IProgress<ExperimentProgress>
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

    private sealed class LastOf : IProgress<ExperimentProgress>
    {
        public double Done { get; private set; }

        public LocalizedText? Doing { get; private set; }

        public void Report(ExperimentProgress value) => (Done, Doing) = (value.Done, value.Doing);
    }
}
