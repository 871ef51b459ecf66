using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// What a model of a kind learns from a running sequence of tokens, and how a window of it becomes one example:
/// a decoder predicts each next token; an encoder the tokens that were hidden from it (Devlin et al. 2019); an encoder-decoder
/// reads the first half and continues it (prefix language modelling; Raffel et al. 2020).
/// </summary>
internal abstract class Objective(int length, int window, int vocabulary)
{
    /// <summary>Positions of an example.</summary>
    public int Length { get; } = length;

    /// <summary>Tokens of the sequence that one example takes.</summary>
    public int Window { get; } = window;

    /// <summary>Tokens that the model must know.</summary>
    public int Vocabulary { get; } = vocabulary;

    /// <summary>Positions of the encoder's side; 0 if there is none.</summary>
    public virtual int SourceLength => 0;

    /// <summary>How many tokens an encoder is asked for.</summary>
    public const float AskedShare = 0.15f;

    /// <summary>Whether an example asks for each token given those before it and nothing more.</summary>
    public virtual bool IsNextToken => true;

    /// <summary>The objective of a kind of model.</summary>
    /// <param name="kind">As in <see cref="ModelKinds"/>.</param>
    /// <param name="length">Positions of an example, at least 1.</param>
    /// <param name="tokens">Different tokens of the sequence.</param>
    /// <exception cref="SettingsException">There is no such kind.</exception>
    public static Objective Of(string kind, int length, int tokens) => kind switch
    {
        "decoder" => new NextToken(length, tokens),
        "encoder" => new HiddenTokens(length, tokens),
        "encoder-decoder" => new Continuation(length, tokens),
        _ => throw new SettingsException($"kind is {kind}; it must be one of {string.Join(", ", ModelKinds.All.Select(known => known.Name))}."),
    };

    /// <summary>Writes one example.</summary>
    /// <param name="window"><see cref="Window"/> tokens.</param>
    /// <param name="batch">The batch to write to.</param>
    /// <param name="row">Which row of it.</param>
    /// <param name="skip">So many targets from the beginning are not asked for.</param>
    /// <param name="random">For objectives that draw.</param>
    public abstract void Write(ReadOnlySpan<int> window, TokenBatch batch, int row, int skip, RandomSource random);

    /// <summary>The row of an array of batch × length.</summary>
    protected static Span<int> Row(int[] values, int row, int length) => values.AsSpan(row * length, length);

    private sealed class NextToken(int length, int tokens) : Objective(length, length + 1, tokens)
    {
        public override void Write(ReadOnlySpan<int> window, TokenBatch batch, int row, int skip, RandomSource random)
        {
            window[..Length].CopyTo(Row(batch.Ids, row, Length));
            Span<int> targets = Row(batch.Targets, row, Length);
            window[1..].CopyTo(targets);
            targets[..skip].Fill(TokenBatch.NotCounted);
        }
    }

    private sealed class Continuation(int length, int tokens) : Objective(length, 2 * length, tokens)
    {
        public override int SourceLength => Length;

        public override void Write(ReadOnlySpan<int> window, TokenBatch batch, int row, int skip, RandomSource random)
        {
            window[..Length].CopyTo(Row(batch.Source!.Ids, row, Length));
            window.Slice(Length - 1, Length).CopyTo(Row(batch.Ids, row, Length));
            Span<int> targets = Row(batch.Targets, row, Length);
            window[Length..].CopyTo(targets);
            targets[..skip].Fill(TokenBatch.NotCounted);
        }
    }

    /// <summary>
    /// BERT's masking: of the tokens 15 % are asked for; of these 80 % are shown as the mask (the token after the last), 10 % as a
    /// random token, 10 % as they are. Each example asks for at least one.
    /// </summary>
    private sealed class HiddenTokens(int length, int tokens) : Objective(length, length, tokens + 1)
    {
        public override bool IsNextToken => false;

        public override void Write(ReadOnlySpan<int> window, TokenBatch batch, int row, int skip, RandomSource random)
        {
            Span<int> ids = Row(batch.Ids, row, Length);
            Span<int> targets = Row(batch.Targets, row, Length);
            window.CopyTo(ids);
            targets.Fill(TokenBatch.NotCounted);
            int count = 0;
            for (int position = skip; position < Length; position++)
            {
                if (random.Uniform(2 * (ulong)position) < AskedShare)
                {
                    Hide(window, ids, targets, position, random);
                    count++;
                }
            }

            if (count == 0)
            {
                Hide(window, ids, targets, skip + random.Below(2 * (ulong)Length, Length - skip), random);
            }
        }

        private void Hide(ReadOnlySpan<int> window, Span<int> ids, Span<int> targets, int position, RandomSource random)
        {
            targets[position] = window[position];
            int mask = Vocabulary - 1;
            ids[position] = random.Below((2 * (ulong)position) + 1, 10) switch
            {
                0 => random.Below((2 * (ulong)Length) + 1 + (ulong)position, mask),
                1 => window[position],
                _ => mask,
            };
        }
    }
}
