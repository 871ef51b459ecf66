using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Reads one sentence's output alone, padded, beside others, and with its last token changed. Leaves the model as it was.</summary>
internal sealed class SequenceProbe
{
    /// <summary>The point behind the first normalization.</summary>
    private const string FirstNorm = "blocks.0.ln1.normalized";

    private readonly Tape tape;
    private readonly Transformer model;
    private readonly RunningStatistics statistics;
    private readonly CancellationToken cancellation;

    /// <summary>A probe.</summary>
    /// <param name="tape">The thread's tape.</param>
    /// <param name="model">A fresh model.</param>
    /// <param name="cancellation">Stops between two passes.</param>
    public SequenceProbe(Tape tape, Transformer model, CancellationToken cancellation = default) =>
        (this.tape, this.model, this.cancellation, statistics) = (tape, model, cancellation, new RunningStatistics(model));

    /// <summary>The sentence by itself.</summary>
    public SequenceOutput Alone(ReadOnlySpan<int> sentence, bool training) => Beside(sentence, [], 0, sentence.Length, training);

    /// <summary>The sentence, filled up with padding to <paramref name="total"/> positions.</summary>
    public SequenceOutput Padded(ReadOnlySpan<int> sentence, int total, bool training) => Beside(sentence, [], 0, total, training);

    /// <summary>The sentence in a batch with longer ones, to whose length it is padded.</summary>
    /// <param name="sentence">Its tokens.</param>
    /// <param name="others">The others' tokens, one after the other.</param>
    /// <param name="count">How many others.</param>
    /// <param name="total">Positions of each.</param>
    /// <param name="training">In training mode.</param>
    public SequenceOutput Beside(ReadOnlySpan<int> sentence, ReadOnlySpan<int> others, int count, int total, bool training)
    {
        var batch = new TokenBatch(1 + count, total);
        sentence.CopyTo(batch.Ids);
        others[..(count * total)].CopyTo(batch.Ids.AsSpan(total));
        if (sentence.Length < total)
        {
            int[] lengths = [sentence.Length, .. Enumerable.Repeat(total, count)];
            batch.Mask = PaddingMask.FromLengths(lengths, total);
        }

        return Read(batch, sentence.Length, training);
    }

    /// <summary>How far the first position's logits, and behind the first normalization all positions but the last, move when the last token changes.</summary>
    public SequenceChange Leak(ReadOnlySpan<int> sentence, int otherLast, bool training)
    {
        var batch = new TokenBatch(1, sentence.Length);
        sentence.CopyTo(batch.Ids);
        SequenceOutput before = Read(batch, sentence.Length - 1, training);
        batch.Ids[^1] = otherLast;
        SequenceOutput after = Read(batch, sentence.Length - 1, training);
        int vocabulary = model.Settings.Vocabulary;
        return new SequenceChange(Change.Relative(after.Logits.AsSpan(0, vocabulary), before.Logits.AsSpan(0, vocabulary)), Change.Relative(after.FirstNorm, before.FirstNorm));
    }

    /// <summary>
    /// The gradient of a random projection of the first position's output with respect to the last token's embedding, in units of that
    /// with respect to the first token's own.
    /// </summary>
    public SequenceChange LeakGradient(ReadOnlySpan<int> sentence, RandomSource direction, bool training)
    {
        var batch = new TokenBatch(1, sentence.Length);
        sentence.CopyTo(batch.Ids);
        return new SequenceChange(Of(null), Of(FirstNorm));

        double Of(string? point)
        {
            cancellation.ThrowIfCancellationRequested();
            tape.Begin(training);
            Tensor logits = model.Forward(tape, batch); // (1, length, vocabulary)
            Tensor from = point is null ? logits : tape[point];
            var seed = new float[checked((int)from.Shape.Count)];
            direction.FillNormal(seed.AsSpan(0, from.Shape.Columns), 1); // the first position alone
            tape.Backward(from, seed);
            ReadOnlySpan<float> gradient = tape["embed"].Gradient; // (1, length, width)
            int width = tape["embed"].Shape.Columns;
            double ratio = Norm(gradient[^width..]) / Norm(gradient[..width]);
            foreach (Parameter parameter in model.Parameters)
            {
                parameter.ClearGradient();
            }

            statistics.Restore();
            return ratio;
        }
    }

    // the first rows of the first sentence
    private SequenceOutput Read(TokenBatch batch, int count, bool training)
    {
        cancellation.ThrowIfCancellationRequested();
        tape.Begin(training);
        Tensor logits = model.Forward(tape, batch); // (batch, length, vocabulary)
        Tensor norm = tape[FirstNorm]; // (batch, length, width)
        var output = new SequenceOutput(Rows(logits), Rows(norm));
        statistics.Restore();
        return output;

        float[] Rows(Tensor tensor) => tensor.Values[..(count * tensor.Shape.Columns)].ToArray();
    }

    private static double Norm(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (float value in values)
        {
            squares += (double)value * value;
        }

        return Math.Sqrt(squares);
    }
}
