using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class DecodingBenchmarkTests
{
    private static readonly DecodingWorkload Tiny = new(
        "tiny", new("", ""), new TransformerSettings { Vocabulary = 20, Length = 16, Depth = 3, Width = 8, Heads = 4, KeyValueHeads = 2, Tied = true }, FirstPosition: 5, Tokens: 4);

    [Fact]
    public void A_token_reads_all_that_it_is_multiplied_by_and_the_cache_up_to_itself()
    {
        DecodingResult result = DecodingBenchmark.Run(Tiny, new ThreadTeam(2), TimeSpan.FromMilliseconds(1), readingBytes: 1 << 20);

        // embedding once, as output; per layer norms, query-key-value, output, feed-forward; the final norm
        const int layer = (2 * 16) + (8 * 16) + 16 + (8 * 8) + 8 + (8 * 32) + 32 + (32 * 8) + 8;
        Assert.Equal(4.0 * ((20 * 8) + (3 * layer) + 16), result.WeightBytes);

        // positions 5 to 8 read 6 to 9 keys and values of two heads of width 2
        Assert.Equal(4.0 * 3 * 2 * 4 * 7.5, result.Workload.CacheBytes);
        Assert.Equal(result.WeightBytes + result.Workload.CacheBytes, result.Bytes);
        Assert.True(result.Tokens >= 5);
        Assert.True(double.IsFinite(result.Share) && result.Share > 0);
        Assert.Equal(0, result.AllocatedBytes);
    }

    [Fact]
    public void Every_workload_fits_its_models_context() =>
        Assert.All(Workloads.Decoding, workload => Assert.InRange(workload.FirstPosition + workload.Tokens, 2, workload.Model.Validate().Length));

    [Fact]
    public void A_cancelled_run_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => DecodingBenchmark.Run(Tiny, new ThreadTeam(1), TimeSpan.FromHours(1), readingBytes: 1 << 20, cancellation: stop.Token));
    }
}
