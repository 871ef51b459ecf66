using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

/// <summary>A run that is told to stop while a trial is in the middle of many passes.</summary>
public sealed class CancellationTests
{
    /// <summary>Settings at which a single trial has far more passes than a test would wait for, by the normalization whose calls are counted.</summary>
    public static TheoryData<string, string, string[]> LongTrials { get; } = new()
    {
        { "sequence-length", "layer", ["norm=layer", $"padded={Numbers(8, 400)}", "neighbours=1", "lengths=4", "texts=1", "length=8", "depth=1", "width=16", "heads=2", "vocabulary=100", "seeds=2"] },
        { "sequence-length", "layer", ["norm=layer", "padded=12", "neighbours=1", $"lengths={Numbers(3, 300)}", "texts=1", "length=8", "depth=1", "width=16", "heads=2", "vocabulary=400", "seeds=2"] },
        { "batch-size", "batch", ["norm=layer", "batches=1,2", "compare=2", "draws=1000", "steps=1", "width=16", "heads=2", "length=4", "vocabulary=8", "seeds=2"] },
        { "batch-size", "layer", ["norm=layer", $"batches={Numbers(1, 300)}", "compare=2", "draws=2", "steps=1", "width=16", "heads=2", "length=4", "vocabulary=8", "seeds=2"] },
        { "train-inference-gap", "layer", ["norm=layer", "batches=1,4", "batch=4", "steps=1", "settle=2000", "width=16", "heads=2", "length=4", "vocabulary=8", "seeds=2"] },
        { "depth-training", "layer", ["residual=pre", "steps=100000", "depths=1", "cost_depth=1", "width=16", "heads=2", "length=4", "vocabulary=8", "seeds=2"] },
        { "synergy", "layer", ["residual=pre", "steps=100000", "depths=1", "width=16", "heads=2", "length=4", "vocabulary=8", "seeds=2"] },
    };

    [Theory]
    [MemberData(nameof(LongTrials))]
    public void A_run_that_is_told_to_stop_finishes_its_passes_and_begins_no_other(string id, string norm, string[] settings)
    {
        Experiment experiment = ExperimentCatalog.Find(id)!;
        using var stop = new CancellationTokenSource();
        var count = new CountedCalls(50, stop.Cancel);
        using (ChoiceTable.Substitute(new NormalizationKind(norm, new("Counted.", "数える。"), (scope, s) => new CountedNormalization(scope, s, count))))
        {
            try
            {
                Assert.True(experiment.Run(experiment.Defaults.With(settings), cancellation: stop.Token).Interrupted);
            }
            catch (OperationCanceledException)
            {
                // before the first finding
            }
        }

        // a pass of one layer has three normalizations, and each thread has at most one pass under way and one more before it looks
        Assert.InRange(count.After, 0, 6 * ThreadTeam.Shared.Threads);
    }

    [Fact]
    public void Drawing_scores_stops_between_two_draws() => Assert.Throws<OperationCanceledException>(
        () => ScoreStatistics.Measure(4, draws: 100, keys: 4, queries: 2, new RandomSource(1), new CancellationToken(canceled: true)));

    private static string Numbers(int first, int last) => string.Join(',', Enumerable.Range(first, last - first + 1));

    /// <summary>Counts calls, does something at one of them, and counts those that come later.</summary>
    private sealed class CountedCalls(int at, Action then)
    {
        private int calls;

        public int After => Math.Max(0, Volatile.Read(ref calls) - at);

        public void Add()
        {
            if (Interlocked.Increment(ref calls) == at)
            {
                then();
            }
        }
    }

    /// <summary>Normalization over the features, or over the batch where a probe asks for statistics, that counts its calls.</summary>
    private sealed class CountedNormalization(ModelScope scope, TransformerSettings settings, CountedCalls count) : INormalization
    {
        private readonly INormalization inner = settings.Norm is "batch"
            ? new BatchNormalization(scope, settings.Width, settings.Epsilon, settings.Bias)
            : new LayerNormalization(scope, settings.Width, settings.Epsilon, settings.Bias);

        public Tensor Forward(Tensor x, PassContext pass = default)
        {
            count.Add();
            return inner.Forward(x, pass);
        }
    }
}
