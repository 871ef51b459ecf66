using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

/// <summary>Verdicts are worth something only if they notice: with a broken part in the engine, the claims that depend on it turn to refuted.</summary>
public sealed class BrokenEngineTests
{
    private static readonly Bilingual Broken = new("Broken.", "壊れている。");

    /// <summary>Pre-norm that forgets its skip path: F(N(x)).</summary>
    private static readonly ResidualArrangement DroppedSkip = new(
        "pre", Broken, FinalNorm: true, static layer => layer.InOrder(static at => new WithoutSkip(at.NormBefore(), at.Branch)));

    /// <summary>"Layer" normalization over the batch instead of the features.</summary>
    private static readonly NormalizationKind WrongAxis = new(
        "layer", Broken, static (scope, s) => new BatchNormalization(scope, s.Width, s.Epsilon, s.Bias));

    /// <summary>Batch normalization that forgets its running statistics: at inference too it looks at the batch.</summary>
    private static readonly NormalizationKind NoRunningStatistics = new(
        "batch", Broken, static (scope, s) => new AlwaysByTheBatch(scope, s.Width, s.Epsilon));

    private static readonly string[] Sentences =
        ["length=8", "padded=12,32", "neighbours=1,3", "lengths=4,16", "texts=2", "depth=1", "width=16", "heads=2", "vocabulary=100", "seeds=2"];

    [Fact]
    public void A_normalization_over_the_wrong_axis_refutes_that_a_sentence_is_alone()
    {
        string[] settings = [.. Sentences, "norm=layer"];
        AssertSupported(Run("sequence-length", settings), "neighbour-free", "future-leak", "future-leak-gradient");
        using (ChoiceTable.Substitute(WrongAxis))
        {
            AssertRefuted(Run("sequence-length", settings), "neighbour-free", "future-leak-gradient");
            AssertRefuted(Run("sequence-length", settings), c => c.Claim.Id == "future-leak" && c.Subject == "layer");
            AssertRefuted(Run("batch-size", "norm=layer", "batches=1,2", "compare=2", "steps=1", "seeds=2"), "batch-free");
        }
    }

    [Fact]
    public void Running_statistics_that_are_not_used_refute_that_inference_is_free_of_the_batch()
    {
        string[] settings = [.. Sentences, "norm=batch"];
        AssertSupported(Run("sequence-length", settings), "inference-free");
        using (ChoiceTable.Substitute(NoRunningStatistics))
        {
            AssertRefuted(Run("sequence-length", settings), "inference-free");
        }
    }

    [Fact]
    public void A_dropped_residual_refutes_that_depth_can_be_trained()
    {
        string[] settings = ["residual=pre", "depths=2,24", "cost_depth=1"];
        AssertSupported(Run("depth-training", settings), "skip-makes-depth-trainable");
        using (ChoiceTable.Substitute(DroppedSkip))
        {
            AssertRefuted(Run("depth-training", settings), "skip-makes-depth-trainable");
        }
    }

    [Fact]
    public void A_dropped_residual_refutes_that_skips_carry_the_gradient()
    {
        string[] settings = ["residual=pre", "depth=6", "depths=2"];
        AssertSupported(Run("gradient-flow", settings), "direct-path-share");
        using (ChoiceTable.Substitute(DroppedSkip))
        {
            AssertRefuted(Run("gradient-flow", settings), "direct-path-share");
        }

        AssertSupported(Run("gradient-flow", settings), "direct-path-share");
    }

    private static Report Run(string id, params string[] settings)
    {
        Experiment experiment = ExperimentCatalog.Find(id)!;
        return experiment.Run(experiment.Defaults.With(settings), cancellation: TestContext.Current.CancellationToken);
    }

    private static void AssertSupported(Report report, params string[] claims) => AssertVerdict(Verdict.Supported, report, claims);

    private static void AssertRefuted(Report report, params string[] claims) => AssertVerdict(Verdict.Refuted, report, claims);

    private static void AssertRefuted(Report report, Func<ClaimResult, bool> which) =>
        Assert.All(report.Claims.Where(which), r => Assert.Equal(Verdict.Refuted, r.Verdict));

    private static void AssertVerdict(Verdict verdict, Report report, string[] claims)
    {
        foreach (string claim in claims)
        {
            ClaimResult[] results = [.. report.Claims.Where(c => c.Claim.Id == claim)];
            Assert.NotEmpty(results);
            Assert.All(results, r => Assert.True(r.Verdict == verdict, $"{claim} of {r.Subject}: {r.Measured} against {r.Bound} is {r.Verdict}"));
        }
    }

    private sealed class WithoutSkip(INormalization norm, Point branch) : IResidualConnection
    {
        public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) => sublayer.Forward(norm.Forward(x, pass), pass).At(branch);
    }

    private sealed class AlwaysByTheBatch(ModelScope scope, int width, float epsilon) : INormalization
    {
        private readonly Parameter gain = scope.Gain(width);
        private readonly Storage runningMean = scope.Statistic("running_mean", width, 0);
        private readonly Storage runningVariance = scope.Statistic("running_variance", width, 1);
        private readonly Point point = scope.Point("normalized", PointShapes.Stream);

        public Tensor Forward(Tensor x, PassContext pass = default)
        {
            if (x.Tape.Training)
            {
                return x.BatchNormalize(gain, null, runningMean, runningVariance, 0.1f, epsilon, null).At(point);
            }

            ReadOnlySpan<float> values = x.Values; // (batch, length, width)
            int rows = values.Length / width;
            float[] change = new float[values.Length]; // what normalization adds, so that a gradient still flows
            for (int j = 0; j < width; j++)
            {
                double sum = 0, squares = 0;
                for (int i = 0; i < rows; i++)
                {
                    sum += values[(i * width) + j];
                    squares += (double)values[(i * width) + j] * values[(i * width) + j];
                }

                double mean = sum / rows;
                for (int i = 0; i < rows; i++)
                {
                    double normalized = (values[(i * width) + j] - mean) / Math.Sqrt((squares / rows) - (mean * mean) + epsilon);
                    change[(i * width) + j] = (float)(normalized - values[(i * width) + j]);
                }
            }

            return (x + x.Tape.Input(change, x.Shape)).At(point);
        }
    }
}
