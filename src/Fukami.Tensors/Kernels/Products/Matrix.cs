namespace Fukami.Tensors;

/// <summary>A matrix in memory: element (i, j) is at Pointer[i·Row + j·Step]. A transpose is the same memory with Row and Step exchanged.</summary>
internal readonly unsafe struct Matrix(float* pointer, nint row, nint step = 1)
{
    /// <summary>Element (0, 0).</summary>
    public readonly float* Pointer = pointer;

    /// <summary>Floats from one row to the next.</summary>
    public readonly nint Row = row;

    /// <summary>Floats from one column to the next.</summary>
    public readonly nint Step = step;

    /// <summary>Nothing: there is no such matrix.</summary>
    public bool IsNull => Pointer == null;

    /// <summary>Rows as columns.</summary>
    public Matrix Transposed => new(Pointer, Step, Row);

    /// <summary>The matrix from this row and column on.</summary>
    public Matrix From(nint i, nint j) => new(Pointer + (i * Row) + (j * Step), Row, Step);
}
