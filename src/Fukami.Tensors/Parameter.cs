namespace Fukami.Tensors;

/// <summary>
/// Numbers that training learns: values, and the gradient that backward passes add up until it is cleared.
/// What is not learned (running statistics, moments) is a plain <see cref="Storage"/>.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="shape">Its extents.</param>
/// <param name="decays">Whether weight decay applies.</param>
/// <param name="workspace">Whose memory values and gradient take; their own unless given.</param>
public sealed unsafe class Parameter(string name, Shape shape, bool decays = true, Workspace? workspace = null) : Storage(name, shape, workspace)
{
    private MemoryBlock? gradient; // keeps the memory alive
    private float* slopes;

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

    internal float* GradientPointer
    {
        get
        {
            CheckRound();
            if (gradient is null)
            {
                gradient = NewBlock();
                slopes = gradient.Pointer;
            }

            return slopes;
        }
    }

    /// <summary>
    /// Lays a matrix out for products with single rows, in which each thread then reads memory in one piece: 48 columns after one another. <see cref="Tensor.Linear(Parameter, Parameter?)"/>,
    /// <see cref="Tensor.LinearTransposed"/> and <see cref="Tape.Lookup"/> give the same bits as before, but the values cannot be looked at any more and no gradient
    /// passes through; spans that were taken before show the numbers in their new order. Not while a pass runs.
    /// </summary>
    /// <param name="transposed">Whether products are with the transpose, as with an embedding table.</param>
    /// <exception cref="InvalidOperationException">It is not a matrix, lies in the other panels, or its memory is in use for another model.</exception>
    public void LayInPanels(bool transposed = false)
    {
        if (Shape.Rank != 2)
        {
            throw new InvalidOperationException($"{Name} has shape {Shape}; what is laid in panels is a matrix.");
        }

        NumberOrder order = transposed ? NumberOrder.PanelsOfTranspose : NumberOrder.Panels;
        float* numbers = MemoryIn(order);
        if (Order == order)
        {
            return;
        }

        if (transposed)
        {
            Panels.LayTranspose(numbers, Shape[0], Shape[1]);
        }
        else
        {
            Panels.Lay(numbers, Shape[0], Shape[1]);
        }

        Order = order;
    }

    /// <summary>Forgets the gradient: the next backward pass starts the sum anew. Costs nothing, whatever the size.</summary>
    public void ClearGradient() => HasGradient = false;
}
