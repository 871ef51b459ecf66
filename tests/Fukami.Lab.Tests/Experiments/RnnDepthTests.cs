using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class RnnDepthTests
{
    private static readonly RnnDepth Experiment = new();
    private static readonly string[] Small = ["width=32", "heads=2", "length=12", "depth=4", "batch=2", "vocabulary=20", "seeds=3"];

    [Fact]
    public void Tanh_of_no_variance_has_slope_one_and_of_much_variance_almost_none()
    {
        Assert.Equal(1, GaussianMean.Of(GaussianMean.TanhSlopeSquare, 0, 0), 12);
        Assert.Equal(0.25, GaussianMean.Of(GaussianMean.SigmoidSquare, 0, 0), 12);
        Assert.Equal(3, GaussianMean.Of(x => x * x, 1, 2), 6);

        // E sech⁴ → ∫sech⁴/√(2πq) = (4/3)/√(2πq) for large q
        Assert.Equal(4.0 / 3 / Math.Sqrt(2 * Math.PI * 25), GaussianMean.Of(GaussianMean.TanhSlopeSquare, 0, 25), 3);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.2)]
    public void For_vanishing_signals_an_Elman_layers_factor_per_step_is_its_recurrent_gain(double gain)
    {
        double[] predicted = new RecurrentPrediction(Net("elman", 1, 12, inputScale: 1e-6) with { RecurrentGain = gain }).HiddenByDistance();
        Assert.Equal(gain, predicted[1] / predicted[0], 6);
        Assert.Equal(gain, RnnDepthFinding.Factor(predicted, 0), 6);
    }

    [Fact]
    public void An_LSTM_whose_gates_hear_nothing_keeps_its_memory_by_the_forget_gate()
    {
        // without recurrent weights the only way back in time is c·f with f = σ(bias); h gets it from c of the same step alone
        RecurrentSettings settings = Net("lstm", 1, 10, inputScale: 1e-6) with { RecurrentGain = 1e-9, ForgetBias = 1 };
        double[] predicted = new RecurrentPrediction(settings).EmbeddingByDistance();
        double forget = 1 / (1 + Math.Exp(-1));
        Assert.All(Enumerable.Range(0, 8), k => Assert.Equal(forget, predicted[k + 1] / predicted[k], 4));
    }

    [Fact]
    public void Small_LSTM_signals_add_the_way_through_gates_to_the_memory_in_amplitude_because_the_weights_are_the_same_at_every_step()
    {
        // m_t = (f + ¼·U)·m_{t+1}: after many steps the eigenvalue at the edge of the disc around f, radius g/4, wins
        double[] predicted = new RecurrentPrediction(Net("lstm", 1, 200, inputScale: 1e-6)).HiddenByDistance();
        double late = predicted[180] / predicted[179];
        Assert.InRange(late, 0.97 * ((1 / (1 + Math.Exp(-1))) + 0.25), (1 / (1 + Math.Exp(-1))) + 0.25);
    }

    [Theory]
    [InlineData("elman")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Mean_field_theory_foretells_the_gradient_of_a_wide_net_at_every_layer_and_distance(string cell)
    {
        RecurrentSettings settings = Net(cell, 3, 8, 1) with { Width = 256 };
        var net = new RecurrentNet(settings);
        net.Initialize(new RandomSource(3));
        RnnDepthFinding found = RnnDepthProbe.Measure(new Tape(new ThreadTeam(1)), net, RandomText.Of(8, 8, settings.Vocabulary, new RandomSource(4)), CancellationToken.None);
        var prediction = new RecurrentPrediction(settings);
        AssertNear(prediction.ByLayer(), found.ByLayer, 3);
        AssertNear(prediction.EmbeddingByDistance(), found.EmbeddingByDistance, 0);
        AssertNear(prediction.HiddenByDistance(), found.StateByDistance!, 0);

        static void AssertNear(double[] predicted, double[] measured, int one) =>
            Assert.All(Enumerable.Range(0, predicted.Length), i => Assert.InRange(measured[i] / measured[one] / (predicted[i] / predicted[one]), 0.8, 1.25));
    }

    [Fact]
    public void The_loss_of_the_last_step_is_the_last_logits_cross_entropy()
    {
        RecurrentSettings settings = Net("gru", 2, 5, 1);
        var net = new RecurrentNet(settings);
        net.Initialize(new RandomSource(3));
        TokenBatch text = RandomText.Of(2, 5, settings.Vocabulary, new RandomSource(4));
        var tape = new Tape(new ThreadTeam(1));
        tape.Begin();
        net.Loss(tape, text, lastOnly: false).Tape.Run();
        float[] logits = tape["logits.4"].Values.ToArray();
        tape.Begin();
        float loss = net.Loss(tape, text, lastOnly: true).Values[0];
        Assert.Equal(logits, tape["logits.4"].Values.ToArray());
        Assert.Throws<KeyNotFoundException>(() => tape["logits.3"]);
        double expected = Enumerable.Range(0, 2).Average(b => CrossEntropy(logits.AsSpan(b * settings.Vocabulary, settings.Vocabulary), text.Targets[(b * 5) + 4]));
        Assert.Equal(expected, loss, 5);
    }

    [Fact]
    public void Nothing_goes_past_a_time_step_of_a_recurrent_net_and_nearly_all_past_a_position_of_a_Transformer()
    {
        Report report = Run("nets=elman,lstm,gru,residual-lstm,transformer");
        ClaimResult[] results = Claims(report, "every-step-on-the-path");
        Assert.All(results.Where(c => c.Subject is not "transformer"), c => Assert.Equal(new Interval(0, 0, 0), c.Measured));
        ClaimResult transformer = results.Single(c => c.Subject is "transformer");
        Assert.Equal(Verdict.Refuted, transformer.Verdict);
        Assert.InRange(transformer.Measured.Estimate, 0.7, 1.1);
    }

    [Fact]
    public void With_small_weights_the_gradient_vanishes_over_depth_and_with_weights_of_gain_one_it_does_not()
    {
        Assert.Equal(Verdict.Supported, Assert.Single(Claims(Run("nets=elman"), "rnn-depth-vanishes")).Verdict);
        Assert.Equal(Verdict.Refuted, Assert.Single(Claims(Run("nets=elman", "input_gain=1.5", "recurrent_gain=1"), "rnn-depth-vanishes")).Verdict);
    }

    [Fact]
    public void A_skip_path_keeps_depth_and_not_time()
    {
        Report report = Run("nets=residual-elman");
        Assert.Equal(Verdict.Supported, Assert.Single(Claims(report, "skip-keeps-depth")).Verdict);
        Assert.Equal(Verdict.Refuted, Assert.Single(Claims(report, "skip-keeps-time")).Verdict);
    }

    [Fact]
    public void Signals_too_small_for_the_slope_of_tanh_keep_a_recurrent_gain_of_one()
    {
        Assert.Equal(Verdict.Refuted, Assert.Single(Claims(Run("nets=elman", "depth=1"), "gain-one-keeps")).Verdict);
        Assert.NotEqual(Verdict.Refuted, Assert.Single(Claims(Run("nets=elman", "depth=1", "input_scale=0.0001"), "gain-one-keeps")).Verdict);
    }

    [Fact]
    public void Claims_about_nets_that_were_not_chosen_are_left_out_with_a_reason()
    {
        Report report = Run("nets=transformer", "residual=none");
        Assert.Equal(["every-step-on-the-path", "attention-keeps-distance"], report.Claims.Select(c => c.Claim.Id));
        Assert.Equal(RnnDepthClaims.All.Count - 2, report.Omitted.Count);
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint() => Assert.Equal(Run("seeds=2").Fingerprint, Run("seeds=2").Fingerprint);

    [Fact]
    public void A_cancelled_run_reports_the_nets_that_are_done()
    {
        using var stop = new CancellationTokenSource();
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "nets=elman,lstm"]), new StopAfterFirst(stop), stop.Token);
        Assert.True(report.Interrupted);
        Assert.NotEmpty(report.Series);
        Assert.True(report.Series.Count(s => s.Quantity.Id is "gradient_by_layer") < 4 || report.Claims.Any(c => c.Verdict is Verdict.Inconclusive));
    }

    [Fact]
    public void Heads_that_cannot_share_the_width_are_refused()
    {
        SettingException error = Assert.Throws<SettingException>(() => Run("heads=5"));
        Assert.Contains("width 32 is not a multiple of heads 5", error.Message, StringComparison.Ordinal);
    }

    private sealed class StopAfterFirst(CancellationTokenSource stop) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => stop.Cancel();
    }

    private static double CrossEntropy(ReadOnlySpan<float> logits, int target)
    {
        double sum = 0;
        foreach (float logit in logits)
        {
            sum += Math.Exp(logit);
        }

        return Math.Log(sum) - logits[target];
    }

    private static RecurrentSettings Net(string cell, int depth, int length, double inputScale) => new()
    {
        Cell = cell,
        Depth = depth,
        Width = 16,
        Length = length,
        Vocabulary = 30,
        InputScale = inputScale,
    };

    private static Report Run(params string[] assignments) => Experiment.Run(Experiment.Defaults.With([.. Small, .. assignments]));

    private static ClaimResult[] Claims(Report report, string id) => [.. report.Claims.Where(c => c.Claim.Id == id)];
}
