using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// A text: its first 90 % are for training, in windows that begin at random tokens; its last 10 % for evaluation, all of it, in
/// consecutive windows, so that every token (but the first ones, which have nothing before them) is asked for once. The division
/// is that of nanoGPT.
/// </summary>
public sealed class TextSource : ITrainingSource
{
    private readonly int[] training;
    private readonly int[] validation;
    private readonly Objective objective;

    private TextSource(int[] training, int[] validation, Objective objective, string identity)
    {
        (this.training, this.validation, this.objective, Identity) = (training, validation, objective, identity);
        ValidationExamples = 1 + ((validation.Length - objective.Window + objective.Length - 1) / objective.Length);
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int Vocabulary => objective.Vocabulary;

    /// <inheritdoc/>
    public int Length => objective.Length;

    /// <inheritdoc/>
    public int SourceLength => objective.SourceLength;

    /// <summary>None: nobody knows the entropy of a text.</summary>
    public double? LeastLoss => null;

    /// <inheritdoc/>
    public int ValidationExamples { get; }

    /// <summary>Tokens for training.</summary>
    public int TrainingTokens => training.Length;

    /// <summary>Tokens for evaluation.</summary>
    public int ValidationTokens => validation.Length;

    /// <summary>The source of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokenizer">Turns it into tokens.</param>
    /// <param name="kind">What is trained: decoder, encoder, encoder-decoder.</param>
    /// <param name="length">Positions of an example, at least 1.</param>
    /// <exception cref="TrainingException">A part of the text is shorter than one window.</exception>
    /// <exception cref="TokenizerException">The tokenizer does not know a character of the text.</exception>
    /// <exception cref="SettingsException">There is no such kind.</exception>
    public static TextSource Of(string text, ITokenizer tokenizer, string kind, int length)
    {
        (string first, string last) = Divide(text);
        var learned = Objective.Of(kind, length, tokenizer.Vocabulary);
        int[] seen = tokenizer.Encode(first);
        int[] heldOut = tokenizer.Encode(last);
        CheckLength("training", "first 90 %", seen, learned);
        CheckLength("evaluation", "last 10 %", heldOut, learned);
        return new TextSource(seen, heldOut, learned, Describe(seen, heldOut, kind, length));
    }

    /// <summary>The first 90 % of a text's characters and the rest.</summary>
    public static (string Training, string Validation) Divide(string text)
    {
        int end = (int)(text.Length * 0.9);
        if (end > 0 && end < text.Length && char.IsSurrogatePair(text[end - 1], text[end]))
        {
            end--;
        }

        return (text[..end], text[end..]);
    }

    /// <inheritdoc/>
    public void Fill(TokenBatch batch, RandomSource random)
    {
        for (int row = 0; row < batch.Batch; row++)
        {
            int start = random.Below((ulong)row, training.Length - objective.Window + 1);
            objective.Write(training.AsSpan(start, objective.Window), batch, row, skip: 0, random.Split((ulong)row));
        }
    }

    /// <inheritdoc/>
    public void FillValidation(TokenBatch batch, int first)
    {
        for (int row = 0; row < batch.Batch; row++)
        {
            // the last window is moved back to end with the text; what was asked before is not asked again
            int wanted = (first + row) * objective.Length;
            int start = Math.Min(wanted, validation.Length - objective.Window);
            int skip = Math.Min(wanted - start, objective.Length);
            objective.Write(validation.AsSpan(start, objective.Window), batch, row, first + row < ValidationExamples ? skip : 0, new RandomSource(0).Split((ulong)(first + row)));
            if (first + row >= ValidationExamples)
            {
                batch.Targets.AsSpan(row * objective.Length, objective.Length).Fill(TokenBatch.NotCounted);
            }
        }
    }

    private static void CheckLength(string purpose, string part, int[] tokens, Objective objective)
    {
        if (tokens.Length < objective.Window)
        {
            throw new TrainingException($"The text is too short: its {part}, for {purpose}, are {tokens.Length} tokens, and one example of length {objective.Length} takes {objective.Window}; give a longer text or a smaller length.");
        }
    }

    private static string Describe(int[] training, int[] validation, string kind, int length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(training.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(validation.AsSpan()));
        string digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        return string.Create(CultureInfo.InvariantCulture, $"text of {training.Length} + {validation.Length} tokens (sha256 {digest}), {kind}, length {length}");
    }
}
