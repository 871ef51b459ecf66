namespace Fukami.Tensors;

/// <summary>
/// Numbers that training learns: values, and the gradient that backward passes add up until it is cleared.
/// What is not learned (running statistics, moments) is a plain <see cref="Storage"/>.
/// </summary>
public sealed class Parameter(string name, Shape shape, bool decays = true) : Storage(name, shape)
{
    /// <summary>Whether weight decay applies: true for matrices, false for gains, biases and scalars.</summary>
    public bool Decays { get; } = decays;

    /// <summary>
    /// The sum of the gradients since <see cref="ClearGradient"/>, of the same shape as the values; zeros before the first backward pass.
    /// </summary>
    public Span<float> Gradient => throw new NotImplementedException();

    /// <summary>Forgets the gradient: the next backward pass starts the sum anew. Costs nothing, whatever the size.</summary>
    public void ClearGradient() => throw new NotImplementedException();
}
