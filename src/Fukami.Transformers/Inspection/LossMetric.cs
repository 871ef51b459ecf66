using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>The mean cross-entropy over the targets of the batch, in nats.</summary>
public sealed record LossMetric : Metric
{
    /// <inheritdoc/>
    public override double Value(Tensor logits, TokenBatch batch) => Loss(logits, batch).Values[0];

    /// <inheritdoc/>
    public override double Backward(Tensor logits, TokenBatch batch)
    {
        Tensor loss = Loss(logits, batch);
        float value = loss.Values[0];
        logits.Tape.Backward(loss);
        return value;
    }

    private static Tensor Loss(Tensor logits, TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return logits.CrossEntropy(batch.Targets);
    }
}
