using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// A task with questions of random symbols and one right answer of the same length. A decoder reads question, marker, answer, and
/// only the answer counts; an encoder writes the answer in the question's place; an encoder-decoder reads the question
/// and writes the answer behind the marker. The held-out questions come from another random source; where there are few
/// different questions, some of them occur in training too.
/// </summary>
public abstract class AnswerTask : ITrainingSource
{
    private const int HeldOut = 256;

    private readonly string kind;
    private readonly int items;
    private readonly int[] question;
    private readonly int[] answer;
    private readonly RandomSource validation;

    /// <summary>A task for a model.</summary>
    /// <param name="name">What <c>--task</c> calls it.</param>
    /// <param name="kind">What is trained: decoder, encoder, encoder-decoder.</param>
    /// <param name="vocabulary">Symbols and, as the last token, the marker; at least 2.</param>
    /// <param name="length">Positions that the model has; a decoder's hold question and answer.</param>
    /// <param name="seed">Of the held-out questions.</param>
    /// <exception cref="SettingsException">The vocabulary or the length is too small, or there is no such kind.</exception>
    private protected AnswerTask(string name, string kind, int vocabulary, int length, ulong seed)
    {
        _ = ChoiceTable.Find(ModelKinds.All, "kind", kind);
        items = kind is "decoder" ? length / 2 : length;
        if (vocabulary < 2 || items < 1)
        {
            throw new SettingsException($"The task {name} for a {kind} was asked for with vocabulary {vocabulary} and length {length}; it needs a vocabulary of at least 2 (a symbol and the marker) and a length of at least {(kind is "decoder" ? 2 : 1)}.");
        }

        (this.kind, Vocabulary, question, answer) = (kind, vocabulary, new int[items], new int[items]);
        validation = new RandomSource(seed).Split(name);
        Identity = string.Create(CultureInfo.InvariantCulture, $"task {name}, {kind}, vocabulary {vocabulary}, {items} symbols, seed {seed}");
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int Vocabulary { get; }

    /// <inheritdoc/>
    public int Length => kind is "decoder" ? 2 * items : items;

    /// <inheritdoc/>
    public int SourceLength => kind is "encoder-decoder" ? items : 0;

    /// <summary>0: the answer follows from the question.</summary>
    public double? LeastLoss => 0;

    /// <inheritdoc/>
    public int ValidationExamples => HeldOut;

    /// <summary>Symbols of a question.</summary>
    public int Items => items;

    /// <summary>The token between question and answer: the last of the vocabulary.</summary>
    public int Marker => Vocabulary - 1;

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
            if (first + row >= HeldOut)
            {
                batch.Targets.AsSpan(row * Length, Length).Fill(TokenBatch.NotCounted);
            }
        }
    }

    /// <summary>The right answer.</summary>
    /// <param name="question">Symbols, 0 to <see cref="Marker"/> − 1.</param>
    /// <param name="answer">As many symbols, to be written.</param>
    protected abstract void Answer(ReadOnlySpan<int> question, Span<int> answer);

    private void Write(TokenBatch batch, int row, RandomSource random)
    {
        for (int i = 0; i < items; i++)
        {
            question[i] = random.Below((ulong)i, Marker);
        }

        Answer(question, answer);
        Span<int> ids = batch.Ids.AsSpan(row * Length, Length);
        Span<int> targets = batch.Targets.AsSpan(row * Length, Length);
        answer.CopyTo(targets[^items..]);
        switch (kind)
        {
            case "decoder":
                question.CopyTo(ids);
                ids[items] = Marker;
                answer.AsSpan(0, items - 1).CopyTo(ids[(items + 1)..]);
                targets[..items].Fill(TokenBatch.NotCounted);
                break;
            case "encoder":
                question.CopyTo(ids);
                break;
            default:
                question.CopyTo(batch.Source!.Ids.AsSpan(row * items, items));
                ids[0] = Marker;
                answer.AsSpan(0, items - 1).CopyTo(ids[1..]);
                break;
        }
    }
}
