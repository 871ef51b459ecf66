using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class DepthTrainingTests
{
    private static readonly DepthTraining Experiment = new();
    private static readonly string[] Small = ["width=16", "heads=2", "length=8", "vocabulary=8", "steps=12", "depths=1,2", "seeds=2", "cost_depth=2", "residual=none,post,pre"];

    [Fact]
    public void At_the_default_settings_pre_norm_learns_at_24_layers_and_post_norm_stays_at_the_tokens_frequencies()
    {
        Report report = Experiment.Run(Experiment.Defaults.With(["residual=post,pre", "depths=6,24"]));
        Assert.Equal([("post, L=24", Verdict.Refuted), ("pre, L=24", Verdict.Supported)], Verdicts(report, "skip-makes-depth-trainable"));
        Assert.Equal([("post, L=6", Verdict.Supported), ("post, L=24", Verdict.Supported)], Verdicts(report, "post-norm-depth-limit"));
        Series post = report.Series.First(s => s.Quantity.Id is "knowledge" && s.Name is "post");
        Assert.InRange(post.Y[^1], -0.5, 0.5);
    }

    [Fact]
    public void A_single_layer_learns_without_a_skip_path_so_the_claim_that_it_cannot_is_refuted()
    {
        Report report = Experiment.Run(Experiment.Defaults.With(["residual=none", "depths=1", "seeds=2", "cost_depth=1"]));
        Assert.Equal([("none, L=1", Verdict.Refuted)], Verdicts(report, "no-skip-stays-untrained"));
        Assert.Equal([("none, L=1", Verdict.Refuted)], Verdicts(report, "stuck-at-frequencies"));
    }

    [Fact]
    public void Two_layers_with_a_skip_path_and_no_normalization_learn()
    {
        Report report = Experiment.Run(Experiment.Defaults.With(["residual=plain", "depths=2", "seeds=2", "cost_depth=1"]));
        Assert.Equal([("plain, L=2", Verdict.Supported)], Verdicts(report, "skip-makes-depth-trainable"));
    }

    [Theory]
    [InlineData(16, 4, 24, 2, 3)]
    [InlineData(40, 2, 20, 5, 2)]
    public void Memory_of_a_step_is_what_the_shapes_say_with_and_without_a_skip_path(int width, int heads, int length, int depth, int batch)
    {
        double with = Relative("plain"), without = Relative("none");
        Assert.InRange(with, 0.95, 1.05);
        Assert.InRange(without, 0.95, 1.05);

        double Relative(string residual)
        {
            TransformerSettings net = Net(residual, depth, width, heads, length);
            Transformer model = Transformer.Init(net, new RandomSource(1));
            var tape = new Tape(new ThreadTeam(1));
            tape.Begin(training: true);
            tape.Backward(model.Loss(tape, RandomText.Of(batch, length, net.Vocabulary, new RandomSource(2))));
            return tape.PassBytes / PassMemory.Predict(net, batch, skip: residual is "plain");
        }
    }

    [Fact]
    public void Memory_is_smaller_without_a_skip_path_which_refutes_the_popular_claim()
    {
        Report report = Run();
        ClaimResult larger = Assert.Single(report.Claims, c => c.Claim.Id is "larger-without-skip");
        Assert.Equal(Verdict.Refuted, larger.Verdict);

        // two layers of 2·(6d + 2hT + 2·4d) numbers a token, with a skip path 2d more, and 2(d + V) for the ends; d = 16, h = 2, T = V = 8
        const double layer = 2 * ((6 * 16) + (2 * 2 * 8) + (2 * 64)), ends = 2 * (16 + 8);
        Assert.Equal(((2 * layer) + ends) / ((2 * (layer + 32)) + ends), larger.Measured.Estimate, 2);
        Assert.All(report.Claims.Where(c => c.Claim.Id is "residual-memory"), c => Assert.Equal(Verdict.Supported, c.Verdict));
    }

    [Fact]
    public void Times_stay_out_of_the_fingerprint()
    {
        Assert.Equal(["residual-cost", "slower-without-skip"], Experiment.Claims.Where(c => c.DependsOnMachine).Select(c => c.Id));
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=2").Fingerprint);
    }

    [Fact]
    public void The_cost_of_a_skip_path_can_be_refuted()
    {
        ClaimResult[] Cost(double with) => [.. DepthTrainingClaims.Test(new SkipCost(Enumerable.Repeat(with, 15).ToArray(), Enumerable.Repeat(1.0, 15).ToArray(), new PassMemory(2, 2), new PassMemory(1, 1)))];
        Assert.Equal([Verdict.Supported, Verdict.Refuted], Cost(1.1).Take(2).Select(c => c.Verdict));
        Assert.Equal([Verdict.Refuted, Verdict.Supported], Cost(0.5).Take(2).Select(c => c.Verdict));
    }

    [Fact]
    public void Every_arrangement_trains_with_every_normalization()
    {
        string residuals = string.Join(',', ResidualConnections.All.Select(r => r.Name)), norms = string.Join(',', Normalizations.All.Select(n => n.Name));
        Report report = Run($"residual={residuals}", $"norm={norms}", "seeds=1", "steps=2", "depths=2");
        Assert.All(report.Series.Where(s => s.Quantity.Id is "knowledge"), s => Assert.InRange(s.Y[0], -1, 1.5));
    }

    [Fact]
    public void Claims_that_do_not_apply_are_left_out_with_a_reason()
    {
        Report report = Run("residual=rezero");
        Assert.Equal(["no-skip-stays-untrained", "post-norm-depth-limit", "stuck-at-frequencies"], report.Omitted.Select(o => o.Claim.Id));
    }

    [Fact]
    public void A_run_that_is_stopped_keeps_what_it_has_and_says_that_the_cost_was_not_measured()
    {
        using var stop = new CancellationTokenSource();
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "seeds=1000"]), new StopAt(stop, 0.01), stop.Token);
        Assert.True(report.Interrupted);
        Assert.NotEmpty(report.Series);
        Assert.Contains("residual-cost", report.Omitted.Select(o => o.Claim.Id));
    }

    [Fact]
    public void A_width_that_heads_do_not_divide_is_refused() =>
        Assert.Contains("heads", Assert.Throws<SettingException>(() => Run("width=17")).Message, StringComparison.Ordinal);

    [Fact]
    public void Presets_are_settings_of_the_experiment()
    {
        Assert.All(Experiment.Presets, p => Assert.True(Experiment.EstimateOperations(Experiment.Defaults.With(p.Assignments)) > 0));
        Assert.Contains(Experiment.Presets, p => p.IsPopularClaim);
    }

    private static TransformerSettings Net(string residual, int depth, int width, int heads, int length) => new()
    {
        Vocabulary = 30,
        Length = length,
        Depth = depth,
        Width = width,
        Heads = heads,
        Residual = residual,
        Norm = "layer",
        Activation = "relu",
        Initialization = "xavier",
        Positions = "none",
        Bias = false,
    };

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private static (string Subject, Verdict Verdict)[] Verdicts(Report report, string id) =>
        [.. report.Claims.Where(c => c.Claim.Id == id).Select(c => (c.Subject, c.Verdict))];

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
