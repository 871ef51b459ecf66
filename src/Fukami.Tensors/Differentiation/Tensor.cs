namespace Fukami.Tensors;

/// <summary>
/// A value of the current pass and, after <see cref="Tape.Backward(Tensor)"/>, its gradient: a handle to memory that the tape owns.
/// It is valid until the tape begins the next pass; a handle kept longer throws when used. Nothing needs to be disposed.
/// Operations are recorded and run when somebody looks.
/// </summary>
public readonly unsafe partial struct Tensor
{
    private readonly Tape? owner;

    internal Tensor(Tape owner, int index, int pass) => (this.owner, Index, Pass) = (owner, index, pass);

    /// <summary>The tape that this tensor lives on.</summary>
    public Tape Tape => owner ?? throw new InvalidOperationException("This tensor was never made: it is the default value of its type.");

    /// <summary>The extents, outermost first.</summary>
    public Shape Shape => Cell.Shape;

    /// <summary>The numbers, row by row. Runs what was recorded; a view of columns is copied, all else is the memory itself.</summary>
    public ReadOnlySpan<float> Values
    {
        get
        {
            var cell = Cell;
            Tape.Run();
            return Read(cell, cell.Value);
        }
    }

    /// <summary>
    /// The gradient of the loss with respect to the values, after a backward pass; empty if the loss does not depend on this tensor.
    /// </summary>
    public ReadOnlySpan<float> Gradient
    {
        get
        {
            var cell = Cell;
            return cell.Gradient is null ? default : Read(cell, cell.Gradient);
        }
    }

    internal Tape? Owner => owner;

    internal int Index { get; }

    internal int Pass { get; }

    internal Cell Cell => Tape.Cell(this);

    /// <summary>Gives the tensor its public name in this pass, and lets a replacement that was asked for take its place.</summary>
    public Tensor At(Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return Tape.Mark(point, this);
    }

    private static ReadOnlySpan<float> Read(Cell cell, float* memory)
    {
        if (cell.IsContiguous && cell.SentenceStride == cell.Stride * (cell.Shape.Rank >= 2 ? cell.Shape[^2] : 1))
        {
            return new ReadOnlySpan<float>(memory, checked((int)cell.Shape.Count));
        }

        var copy = new float[checked((int)cell.Shape.Count)];
        int length = cell.Shape.Rank >= 2 ? cell.Shape[^2] : 1;
        for (int row = 0; row < cell.Rows; row++)
        {
            nint offset = (row / length * cell.SentenceStride) + (row % length * cell.Stride);
            new ReadOnlySpan<float>(memory + offset, cell.Columns).CopyTo(copy.AsSpan(row * cell.Columns));
        }

        return copy;
    }
}
