using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>The logit of a token at one position, or how far it is above another's there: the logit difference.</summary>
/// <param name="Token">The token.</param>
public sealed record LogitMetric(int Token) : Metric
{
    /// <summary>The token whose logit is subtracted, if any.</summary>
    public int? Against { get; init; }

    /// <summary>The position, from 0; none given: the sentence's last that holds a token.</summary>
    public int? Position { get; init; }

    /// <summary>The sentence of the batch, from 0.</summary>
    public int Sentence { get; init; }

    /// <inheritdoc/>
    public override double Value(Tensor logits, TokenBatch batch) => Of(logits.Values.Slice(Row(logits.Shape, batch), logits.Shape.Columns));

    /// <summary>The logit, or the difference, in one row of logits, (vocabulary).</summary>
    /// <exception cref="InspectionException">The row has no such token.</exception>
    public double Of(ReadOnlySpan<float> logits)
    {
        CheckTokens(logits.Length);
        return Against is { } other ? logits[Token] - (double)logits[other] : logits[Token];
    }

    /// <inheritdoc/>
    public override double Backward(Tensor logits, TokenBatch batch)
    {
        double value = Value(logits, batch);
        int row = Row(logits.Shape, batch);
        var gradient = new float[checked((int)logits.Shape.Count)];
        gradient[row + Token] += 1;
        if (Against is { } other)
        {
            gradient[row + other] -= 1;
        }

        logits.Tape.Backward(logits, gradient);
        return value;
    }

    /// <summary>The position that is meant in a batch.</summary>
    /// <exception cref="InspectionException">The batch has no such sentence or position.</exception>
    public int PositionIn(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (Sentence < 0 || Sentence >= batch.Batch)
        {
            throw new InspectionException($"Sentence {Sentence} was asked for; the batch has sentences 0 to {batch.Batch - 1}.");
        }

        int position = Position ?? LastToken(batch);
        return position >= 0 && position < batch.Length
            ? position
            : throw new InspectionException($"The logits at position {position} were asked for; the sentence has positions 0 to {batch.Length - 1}.");
    }

    // where the row of logits begins
    private int Row(Shape shape, TokenBatch batch) => ((Sentence * batch.Length) + PositionIn(batch)) * shape.Columns;

    private void CheckTokens(int vocabulary)
    {
        foreach (int token in Against is { } other ? [Token, other] : (ReadOnlySpan<int>)[Token])
        {
            if (token < 0 || token >= vocabulary)
            {
                throw new InspectionException($"The logit of token {token} was asked for; the model has tokens 0 to {vocabulary - 1}.");
            }
        }
    }

    private int LastToken(TokenBatch batch)
    {
        int last = batch.Length - 1;
        while (batch.Mask is { } mask && last > 0 && !mask.Real[(Sentence * batch.Length) + last])
        {
            last--;
        }

        return last;
    }
}
