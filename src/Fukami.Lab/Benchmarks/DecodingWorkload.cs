using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>A decoder that writes token after token with its key/value cache, each the likeliest. All its weights are read for every token, so its limit is the memory's.</summary>
/// <param name="Name">What <c>--workload</c> calls it.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Model">The model.</param>
/// <param name="FirstPosition">Positions that the cache holds when writing begins.</param>
/// <param name="Tokens">Tokens that are written before the cache is cut back to there.</param>
public sealed record DecodingWorkload(string Name, LocalizedText Explanation, TransformerSettings Model, int FirstPosition, int Tokens)
{
    /// <summary>Bytes of keys and values that a token reads, the mean over the positions that are written: itself and all before it, in every layer.</summary>
    public double CacheBytes => 2.0 * sizeof(float) * Model.Depth * Model.KeyValueHeads * Model.HeadWidth * (FirstPosition + ((Tokens + 1) / 2.0));
}
