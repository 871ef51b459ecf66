using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class PlacementTests
{
    private static readonly Placement Experiment = new();
    private static readonly string[] Small = ["width=16", "heads=2", "length=8", "depth=2", "depths=2,4", "steps=3", "warm_up=2", "batch=4", "seeds=2"];

    [Fact]
    public void A_step_of_Adam_moves_twice_as_far_at_twice_the_rate()
    {
        FirstStep one = Probe("pre", 4, 1e-5), two = Probe("pre", 4, 2e-5);
        Assert.Equal(2, two.Adam / one.Adam, 0.02);
        Assert.Equal(2, two.Sgd / one.Sgd, 0.05);
    }

    [Fact]
    public void A_step_on_ReZero_moves_only_the_factors_that_begin_as_zero()
    {
        TransformerSettings net = Net("rezero", 2);
        Transformer model = Transformer.Init(net, new RandomSource(1));
        var tape = new Tape(new ThreadTeam(1));
        tape.Begin(training: true);
        tape.Backward(model.Loss(tape, RandomText.Of(2, 8, 16, new RandomSource(2))));
        Assert.All(model.Parameters.Where(p => p.Name.EndsWith(".weight", StringComparison.Ordinal) && p.Name.StartsWith("blocks.", StringComparison.Ordinal)), p => Assert.Equal(-1, p.Gradient.IndexOfAnyExcept(0f)));
        FirstStep step = Probe("rezero", 2, 1e-5);
        Assert.True(step.Adam > 0);
        Assert.All(step.Stream, s => Assert.Equal(step.Stream[0], s));
    }

    [Fact]
    public void Normalized_skips_keep_the_stream_at_one_and_a_sandwich_adds_one_a_branch()
    {
        Assert.All(Probe("post", 8, 1e-5).Stream.Skip(1), s => Assert.Equal(1, s, 0.001));
        double[] sandwich = Probe("sandwich", 8, 1e-5).Stream;
        Assert.Equal(Math.Sqrt(1 + (2 * 8)), sandwich[^1], 0.6);
    }

    [Fact]
    public void DeepNorms_step_of_gradient_descent_is_predicted_not_to_depend_on_depth_and_Adams_to_grow_as_its_root()
    {
        PlacementFigures figures = Figures("deepnorm");
        Assert.Equal(PlacementTheory.SgdScale(figures, 4)!.Value, PlacementTheory.SgdScale(figures, 64)!.Value, 12);
        Assert.Equal(4, PlacementTheory.AdamScale(figures, 64)!.Value / PlacementTheory.AdamScale(figures, 4)!.Value, 12);
        Assert.Equal(16, PlacementTheory.AdamScale(Figures("post"), 64)!.Value / PlacementTheory.AdamScale(Figures("post"), 4)!.Value, 12);
    }

    [Fact]
    public void DeepNorm_bounds_the_step_of_gradient_descent_and_not_that_of_Adam()
    {
        Report report = Run("residual=post,deepnorm", "depths=4,8,16", "width=32", "heads=4", "seeds=3", "warm_up=0", "steps=1");
        ClaimResult[] bounds = [.. report.Claims.Where(c => c.Claim.Id is "deepnorm-bounds-update")];
        Assert.Equal([Verdict.Supported, Verdict.Refuted], bounds.Select(b => b.Verdict));
        Assert.Contains("post-needs-warm-up", report.Omitted.Select(o => o.Claim.Id));
    }

    [Fact]
    public void Post_norm_needs_a_warm_up_at_six_layers_and_not_at_one()
    {
        string[] training = ["residual=post", "depths=2", "steps=80", "warm_up=40", "width=32", "heads=4", "length=12", "batch=8", "learning_rate=0.008", "seeds=3"];
        Assert.Equal(Verdict.Supported, NeedsWarmUp("depth=6").Verdict);
        Assert.Equal(Verdict.Refuted, NeedsWarmUp("depth=1").Verdict);

        ClaimResult NeedsWarmUp(string depth) => Run([.. training, depth]).Claims.Single(c => c.Claim.Id is "post-needs-warm-up");
    }

    [Fact]
    public void Every_arrangement_runs_with_every_normalization()
    {
        string residuals = string.Join(',', ResidualConnections.All.Select(r => r.Name)), norms = string.Join(',', Normalizations.All.Select(n => n.Name));
        Report report = Run($"residual={residuals}", $"norm={norms}", "seeds=1", "depths=2", "steps=2", "warm_up=1");
        string[] names = [.. report.Series.Where(s => s.Quantity.Id is "stream_size" && !s.IsPrediction).Select(s => s.Name)];
        Assert.Contains("post/batch", names);
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void A_width_that_heads_do_not_divide_is_refused()
    {
        SettingException e = Assert.Throws<SettingException>(() => Run("width=17"));
        Assert.Contains("heads", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_run_keeps_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        var progress = new StopAt(stop, 0.1);
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "seeds=100"]), progress, stop.Token);
        Assert.True(report.Interrupted);
        Assert.NotEmpty(report.Series);
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint()
    {
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=2").Fingerprint);
    }

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private static FirstStep Probe(string residual, int depth, double rate) =>
        new FirstStepProbe(new Tape(new ThreadTeam(1)), Net(residual, depth), RandomText.Of(2, 8, 16, new RandomSource(2)), new RandomSource(1)).Measure(rate);

    private static PlacementFigures Figures(string residual) => new(new Arrangement(residual, "layer"), Net(residual, 4), [2, 4], [], [], []);

    private static TransformerSettings Net(string residual, int depth) => new()
    {
        Vocabulary = 16,
        Length = 8,
        Depth = depth,
        Width = 32,
        Heads = 4,
        Residual = residual,
        Norm = "layer",
        Activation = "relu",
        Initialization = "xavier",
        Positions = "none",
        Bias = false,
    };

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
