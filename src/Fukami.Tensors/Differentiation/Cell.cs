namespace Fukami.Tensors;

/// <summary>Whose memory a gradient is in.</summary>
internal enum GradientState
{
    /// <summary>Nothing has been added yet.</summary>
    None,

    /// <summary>It equals another cell's gradient and reads that one's memory; whoever adds to it takes memory of its own first.</summary>
    Borrowed,

    /// <summary>Memory of its own.</summary>
    Owned,
}

/// <summary>What stands behind a tensor: where its values and its gradient are, and who wrote them last. Used again in every pass.</summary>
internal sealed unsafe class Cell
{
    /// <summary>The <see cref="Diagonal"/> of what is not causal.</summary>
    public const int SeesAll = int.MaxValue / 2;

    /// <summary>The extents.</summary>
    public Shape Shape;

    /// <summary>Rows, all axes but the last.</summary>
    public int Rows;

    /// <summary>Columns, the last axis.</summary>
    public int Columns;

    /// <summary>Floats from one row to the next; larger than the columns in a view.</summary>
    public nint Stride;

    /// <summary>Floats from one sentence to the next.</summary>
    public nint SentenceStride;

    /// <summary>The first number.</summary>
    public float* Value;

    /// <summary>The first number of the gradient, with the same strides; null before there is one.</summary>
    public float* Gradient;

    public GradientState State;

    /// <summary>Whether gradients are wanted here: not for plain storages and what depends on them alone.</summary>
    public bool NeedsGradient;

    /// <summary>Whether the gradient of this backward pass ends here.</summary>
    public bool IsConstant;

    /// <summary>The cell whose columns this one shows, or none.</summary>
    public Cell? Parent;

    /// <summary>First of the parent's columns.</summary>
    public int FirstColumn;

    /// <summary>The last recorded cell that shows columns of this one.</summary>
    public Cell? LastPart;

    /// <summary>The cell recorded before this one that shows columns of the same parent.</summary>
    public Cell? EarlierPart;

    /// <summary>The storage whose memory this cell shows, or none.</summary>
    public Storage? Storage;

    /// <summary>The storage, if it is learned.</summary>
    public Parameter? Parameter;

    /// <summary>
    /// In scores and patterns of causal attention: query i sees keys up to i + Diagonal, and all else is −∞ or 0. <see cref="SeesAll"/> elsewhere.
    /// </summary>
    public int Diagonal;

    /// <summary>Whether the pass has given the values' memory back.</summary>
    public bool IsForgotten;

    /// <summary>Columns of the gradient that cells which show a part of this one have filled.</summary>
    public int FilledByParts;

    public Written ValueWritten;

    public Written GradientWritten;

    /// <summary>How rows are dealt to threads where nothing speaks for another way.</summary>
    public Division Division;

    /// <summary>Whether this cell's gradient is part of its parent's.</summary>
    public bool ReachesParent => State != GradientState.None && !IsConstant;

    public bool IsContiguous => Stride == Columns;

    public float* Row(int row) => Value + (row * Stride);

    public float* GradientRow(int row) => Gradient + (row * Stride);

    /// <summary>Notes who wrote the gradient, in the parameter too where the cell stands for one.</summary>
    public void MarkGradient(Written written)
    {
        if (!NeedsGradient)
        {
            return;
        }

        GradientWritten = written;
        if (Parameter is not null)
        {
            Parameter.GradientWritten = written;
        }
    }

    public void Describe(Shape shape, nint stride, Division division)
    {
        Shape = shape;
        Columns = shape.Columns;
        Rows = shape.Rows;
        Stride = stride;
        SentenceStride = shape.Rank >= 2 ? stride * shape[^2] : stride;
        Division = division;
        Value = null;
        Gradient = null;
        State = GradientState.None;
        NeedsGradient = true;
        Parent = null;
        LastPart = null;
        EarlierPart = null;
        Storage = null;
        Parameter = null;
        Diagonal = SeesAll;
        IsForgotten = false;
        IsConstant = false;
        FilledByParts = 0;
        ValueWritten = default;
        GradientWritten = default;
    }
}
