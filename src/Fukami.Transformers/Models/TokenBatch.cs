using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Sentences of one pass as token ids, and what should follow each position. Made once and filled anew for each step. Not thread-safe.
/// </summary>
/// <param name="batch">Sentences, at least 1.</param>
/// <param name="length">Positions of each sentence, at least 1. Shorter sentences are padded at the end.</param>
public sealed class TokenBatch(int batch, int length)
{
    /// <summary>The target of a position that the loss leaves out.</summary>
    public const int NotCounted = -1;

    /// <summary>One sentence, as a decoder reads it: the right answer at each position is the token after it, and the last position has none.</summary>
    /// <param name="ids">The tokens, at least 1.</param>
    public static TokenBatch Of(params ReadOnlySpan<int> ids)
    {
        var sentence = new TokenBatch(1, ids.Length);
        ids.CopyTo(sentence.Ids);
        ids[1..].CopyTo(sentence.Targets);
        sentence.Targets[^1] = NotCounted;
        return sentence;
    }

    /// <summary>Sentences.</summary>
    public int Batch { get; } = batch > 0 ? batch : throw new ArgumentOutOfRangeException(nameof(batch), $"A batch of {batch} sentences was asked for; it must hold at least 1.");

    /// <summary>Positions of each sentence, padding included.</summary>
    public int Length { get; } = length > 0 ? length : throw new ArgumentOutOfRangeException(nameof(length), $"Sentences of {length} positions were asked for; they must have at least 1.");

    /// <summary>The tokens, sentence after sentence: batch × length ids.</summary>
    public int[] Ids { get; } = new int[checked(batch * length)];

    /// <summary>The right answer at each position, batch × length ids; <see cref="NotCounted"/> (−1) where there is none. Zeros at first.</summary>
    public int[] Targets { get; } = new int[checked(batch * length)];

    /// <summary>The type (segment) of the token at each position, batch × length ids below the model's token_types. Zeros at first; other models do not look at them.</summary>
    public int[] TokenTypes { get; } = new int[checked(batch * length)];

    /// <summary>Which positions hold a token, or none if all do.</summary>
    public PaddingMask? Mask { get; set; }

    /// <summary>For an encoder-decoder: the encoder's sentences, as many as these.</summary>
    public TokenBatch? Source { get; set; }
}
