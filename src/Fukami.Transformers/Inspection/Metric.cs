using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>One number that is read off a pass: what gradients are taken of, and what interventions are judged by.</summary>
public abstract record Metric
{
    /// <summary>The number.</summary>
    /// <param name="logits">The logits of the pass, (batch, length, vocabulary).</param>
    /// <param name="batch">What the pass read.</param>
    public abstract double Value(Tensor logits, TokenBatch batch);

    /// <summary>The number, after a backward pass from it.</summary>
    /// <param name="logits">The logits of the pass, (batch, length, vocabulary).</param>
    /// <param name="batch">What the pass read.</param>
    public abstract double Backward(Tensor logits, TokenBatch batch);
}
