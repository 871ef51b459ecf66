using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Sequences of a <see cref="SecondOrderChain"/> for a decoder. The first target, which only one token precedes, does not count.</summary>
/// <param name="chain">The chain.</param>
/// <param name="length">Positions of an example, at least 2.</param>
/// <param name="seed">Of the held-out sequences.</param>
internal sealed class SecondOrderSource(SecondOrderChain chain, int length, ulong seed) : ITrainingSource
{
    private const int HeldOutTokens = 16_384;
    private readonly RandomSource validation = new RandomSource(seed).Split("second-order validation");
    private readonly int[] window = new int[length + 1];

    /// <inheritdoc/>
    public string Identity => string.Create(CultureInfo.InvariantCulture, $"second-order chain, {chain.Vocabulary} tokens, length {length}, seed {seed}");

    /// <inheritdoc/>
    public int Vocabulary => chain.Vocabulary;

    /// <inheritdoc/>
    public int Length => length;

    /// <inheritdoc/>
    public int SourceLength => 0;

    /// <inheritdoc/>
    public double? LeastLoss => chain.EntropyRate;

    /// <inheritdoc/>
    public int ValidationExamples => Math.Max(1, HeldOutTokens / length);

    /// <inheritdoc/>
    public void Fill(TokenBatch batch, RandomSource random)
    {
        for (int row = 0; row < batch.Batch; row++)
        {
            Write(batch, row, random.Split((ulong)row));
        }
    }

    /// <inheritdoc/>
    public void FillValidation(TokenBatch batch, int first)
    {
        for (int row = 0; row < batch.Batch; row++)
        {
            Write(batch, row, validation.Split((ulong)(first + row)));
            if (first + row >= ValidationExamples)
            {
                batch.Targets.AsSpan(row * length, length).Fill(TokenBatch.NotCounted);
            }
        }
    }

    private void Write(TokenBatch batch, int row, RandomSource random)
    {
        chain.Draw(window, random);
        window.AsSpan(0, length).CopyTo(batch.Ids.AsSpan(row * length));
        window.AsSpan(1, length).CopyTo(batch.Targets.AsSpan(row * length));
        batch.Targets[row * length] = TokenBatch.NotCounted;
    }
}
