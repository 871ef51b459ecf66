namespace Fukami.Tensors;

/// <summary>
/// Numbers that training learns: values, and the gradient that backward passes add up until it is cleared.
/// What is not learned (running statistics, moments) is a plain <see cref="Storage"/>.
/// </summary>
public sealed unsafe class Parameter(string name, Shape shape, bool decays = true) : Storage(name, shape)
{
    private MemoryBlock? gradient;

    /// <summary>Whether weight decay applies: true for matrices, false for gains, biases and scalars.</summary>
    public bool Decays { get; } = decays;

    /// <summary>
    /// The sum of the gradients since <see cref="ClearGradient"/>, of the same shape as the values; zeros before the first backward pass.
    /// </summary>
    public Span<float> Gradient
    {
        get
        {
            var span = new Span<float>(GradientPointer, (int)Shape.Count);
            if (!HasGradient)
            {
                span.Clear();
            }

            return span;
        }
    }

    /// <summary>Whether a backward pass has written the gradient since it was cleared.</summary>
    internal bool HasGradient { get; set; }

    /// <summary>Who wrote the gradient last.</summary>
    internal Written GradientWritten { get; set; }

    internal float* GradientPointer => (gradient ??= new MemoryBlock(Shape.Count)).Pointer;

    /// <summary>Forgets the gradient: the next backward pass starts the sum anew. Costs nothing, whatever the size.</summary>
    public void ClearGradient() => HasGradient = false;
}
