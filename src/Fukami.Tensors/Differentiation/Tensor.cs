namespace Fukami.Tensors;

/// <summary>
/// A value of the current pass and, after <see cref="Tape.Backward(Tensor)"/>, its gradient: a handle to memory that the tape owns.
/// It is valid until the tape begins the next pass; a handle kept longer throws when used. Nothing needs to be disposed.
/// Operations are recorded and run when somebody looks.
/// </summary>
public readonly partial struct Tensor
{
    /// <summary>The tape that this tensor lives on.</summary>
    public Tape Tape => throw new NotImplementedException();

    /// <summary>The extents, outermost first.</summary>
    public Shape Shape => throw new NotImplementedException();

    /// <summary>The numbers, row by row. Runs what was recorded; a view of columns is copied, all else is the memory itself.</summary>
    public ReadOnlySpan<float> Values => throw new NotImplementedException();

    /// <summary>
    /// The gradient of the loss with respect to the values, after a backward pass; empty if the loss does not depend on this tensor.
    /// </summary>
    public ReadOnlySpan<float> Gradient => throw new NotImplementedException();

    /// <summary>Gives the tensor its public name in this pass, and lets a replacement that was asked for take its place.</summary>
    public Tensor At(Point point) => throw new NotImplementedException();
}
