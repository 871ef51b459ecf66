using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// The sentences of one measurement: tokens that follow one another in the vocabulary from a random one on, so that none comes twice as long
/// as the vocabulary lasts, and none is the padding token 0. Embeddings are drawn independently: neighbours in the table are as unlike as any two.
/// </summary>
internal sealed class SequenceTexts(int length, int vocabulary, RandomSource random)
{
    /// <summary>Measures all of it on one net.</summary>
    /// <param name="probe">The net, padding left out of its statistics.</param>
    /// <param name="ignoring">The same net, padding counted; none where that makes no difference.</param>
    /// <param name="padded">Positions to pad to.</param>
    /// <param name="neighbours">Numbers of neighbours.</param>
    /// <param name="lengths">Lengths at which the last token is changed; none where every position may see it.</param>
    public SequenceFinding Measure(SequenceProbe probe, SequenceProbe? ignoring, IReadOnlyList<int> padded, IReadOnlyList<int> neighbours, IReadOnlyList<int>? lengths)
    {
        int[] sentence = Tokens(0, length), others = Tokens(length, neighbours[^1] * 2 * length);
        SequenceOutput alone = probe.Alone(sentence, training: true), inference = probe.Alone(sentence, training: false);
        return new SequenceFinding
        {
            Padded = [.. padded.Select(total => SequenceChange.Between(probe.Padded(sentence, total, training: true), alone))],
            Ignored = ignoring is null ? null : [.. padded.Select(total => SequenceChange.Between(ignoring.Padded(sentence, total, training: true), alone))],
            Beside = [.. neighbours.Select(count => SequenceChange.Between(probe.Beside(sentence, others, count, 2 * length, training: true), alone))],
            Inference = Math.Max(
                padded.Max(total => SequenceChange.Between(probe.Padded(sentence, total, training: false), inference).Logits),
                neighbours.Max(count => SequenceChange.Between(probe.Beside(sentence, others, count, 2 * length, training: false), inference).Logits)),
            Leak = lengths is null ? null : [.. lengths.Select(n => probe.Leak(Tokens(0, n), Other(n), training: true))],
            Gradient = lengths is null ? null : [.. lengths.Select(n => probe.LeakGradient(Tokens(0, n), random.Split("direction"), training: true))],
            LeakInference = lengths is null ? 0 : lengths.Max(n => Math.Max(
                probe.Leak(Tokens(0, n), Other(n), training: false).Logits,
                probe.LeakGradient(Tokens(0, n), random.Split("direction"), training: false).Logits)),
        };
    }

    /// <summary>The root mean squares over texts; the largest of what should be zero.</summary>
    public static SequenceFinding Over(IReadOnlyList<SequenceFinding> texts)
    {
        return new SequenceFinding
        {
            Padded = Mean(t => t.Padded)!,
            Ignored = Mean(t => t.Ignored),
            Beside = Mean(t => t.Beside)!,
            Inference = texts.Max(t => t.Inference),
            Leak = Mean(t => t.Leak),
            Gradient = Mean(t => t.Gradient),
            LeakInference = texts.Max(t => t.LeakInference),
        };

        SequenceChange[]? Mean(Func<SequenceFinding, SequenceChange[]?> changes) => changes(texts[0]) is not { } first
            ? null
            : [.. Enumerable.Range(0, first.Length).Select(i => SequenceChange.Over([.. texts.Select(t => changes(t)![i])]))];
    }

    private int[] Tokens(int first, int count) => [.. Enumerable.Range(first, count).Select(Token)];

    // another token for the last place of a sentence of so many: the one that would come next
    private int Other(int count) => Token(count);

    private int Token(int index) => 1 + ((random.Below(0, vocabulary - 1) + index) % (vocabulary - 1));
}
