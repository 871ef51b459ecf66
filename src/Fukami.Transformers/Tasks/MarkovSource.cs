using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Sequences of a random <see cref="MarkovChain"/>: a task whose best possible loss is known exactly. Decoders and encoder-decoders
/// can reach it, as they always see the token before the one asked for; an encoder sees both neighbours of a hidden token, and does better.
/// </summary>
public sealed class MarkovSource : ITrainingSource
{
    private const int HeldOutTokens = 16_384;

    private readonly Objective objective;
    private readonly RandomSource validation;
    private readonly int[] window;

    /// <summary>The source for a model.</summary>
    /// <param name="kind">What is trained: decoder, encoder, encoder-decoder.</param>
    /// <param name="vocabulary">The model's vocabulary; an encoder's last token is the mask, all others are states of the chain.</param>
    /// <param name="length">Positions of an example, at least 1.</param>
    /// <param name="temperature">Of the chain.</param>
    /// <param name="seed">Of the chain and of the held-out sequences.</param>
    /// <exception cref="SettingsException">A number is out of range, or there is no such kind.</exception>
    public MarkovSource(string kind, int vocabulary, int length, double temperature = 0.5, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        int states = kind is "encoder" ? vocabulary - 1 : vocabulary;
        var random = new RandomSource(seed).Split("markov");
        Chain = new MarkovChain(states, temperature, random.Split("matrix"));
        objective = Objective.Of(kind, length, states);
        (validation, window) = (random.Split("validation"), new int[objective.Window]);
        Identity = string.Create(CultureInfo.InvariantCulture, $"task markov, {kind}, {states} states, length {length}, temperature {temperature}, seed {seed}");
    }

    /// <summary>The chain.</summary>
    public MarkovChain Chain { get; }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int Vocabulary => objective.Vocabulary;

    /// <inheritdoc/>
    public int Length => objective.Length;

    /// <inheritdoc/>
    public int SourceLength => objective.SourceLength;

    /// <summary>The chain's entropy rate; none for an encoder.</summary>
    public double? LeastLoss => objective.IsNextToken ? Chain.EntropyRate : null;

    /// <inheritdoc/>
    public int ValidationExamples => Math.Max(1, HeldOutTokens / Length);

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
                batch.Targets.AsSpan(row * Length, Length).Fill(TokenBatch.NotCounted);
            }
        }
    }

    private void Write(TokenBatch batch, int row, RandomSource random)
    {
        Chain.Draw(window, random);
        objective.Write(window, batch, row, skip: 0, random.Split(1));
    }
}
