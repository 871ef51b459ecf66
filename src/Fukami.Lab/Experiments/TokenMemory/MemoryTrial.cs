using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>One net to look at: a fresh one of an arrangement, attention alone, or a trained one.</summary>
/// <param name="Name">Of its series.</param>
/// <param name="Net">Its settings.</param>
/// <param name="Seed">Which of the seeds, from 0.</param>
/// <param name="Arrangement">Of a fresh net; none for a trained one.</param>
/// <param name="AttentionOnly">Whether feed-forward parts pass on what they read (Dong et al. 2021).</param>
internal sealed record MemoryTrial(string Name, TransformerSettings Net, int Seed, Arrangement? Arrangement, bool AttentionOnly = false);
