namespace Fukami.Lab;

/// <summary>How fast a workload decodes, beside what the machine's memory delivers.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Parameters">Numbers that are learned.</param>
/// <param name="WeightBytes">Bytes of weights that a token reads: all that it is multiplied by; of tables that are only looked up it reads a row, which is not counted.</param>
/// <param name="Tokens">Tokens that were timed.</param>
/// <param name="Token">Median time of a token.</param>
/// <param name="FastestToken">The shortest time of a token.</param>
/// <param name="ReadBandwidth">Bytes a second that all threads read from memory, the median of readings between the tokens.</param>
/// <param name="BestReadBandwidth">The best of these readings.</param>
/// <param name="Share">Median over all tokens of bytes a second as a share of the mean of the two readings around the token.</param>
/// <param name="AllocatedBytes">Managed memory that a token allocates on the calling thread.</param>
public sealed record DecodingResult(
    DecodingWorkload Workload, long Parameters, double WeightBytes, int Tokens, TimeSpan Token, TimeSpan FastestToken, double ReadBandwidth, double BestReadBandwidth, double Share, long AllocatedBytes)
{
    /// <summary>Bytes that a token reads: weights, keys and values.</summary>
    public double Bytes => WeightBytes + Workload.CacheBytes;

    /// <summary>Bytes that are read each second.</summary>
    public double BytesPerSecond => Bytes / Token.TotalSeconds;

    /// <summary>Tokens written each second.</summary>
    public double TokensPerSecond => 1 / Token.TotalSeconds;

    /// <summary>The fastest token's bytes a second as a share of the best reading.</summary>
    public double BestShare => Bytes / FastestToken.TotalSeconds / BestReadBandwidth;
}
