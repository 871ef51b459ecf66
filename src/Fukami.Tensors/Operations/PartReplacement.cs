namespace Fukami.Tensors;

/// <summary>Some rows of a tensor, between two columns, with given values; the rest as it is. No gradient goes through what was replaced.</summary>
internal sealed unsafe class PartReplacement : RowOperation
{
    /// <summary>One number a row, 0 where it stays.</summary>
    public int* Rows;

    /// <summary>The values, of the shape of the input.</summary>
    public float* Values;

    /// <summary>First of the columns that are replaced.</summary>
    public int FirstColumn;

    /// <summary>Behind the last of them.</summary>
    public int EndColumn;

    /// <summary>Whether −∞ stays −∞.</summary>
    public bool KeepsHidden;

    protected override void ForwardPiece(int row, nint count)
    {
        int columns = Output.Columns;
        for (int end = row + (int)(count / columns); row < end; row++)
        {
            var from = new ReadOnlySpan<float>(Input.Row(row), columns);
            var to = new Span<float>(Output.Row(row), columns);
            from.CopyTo(to);
            if (Rows[row] == 0)
            {
                continue;
            }

            float* values = Values + ((nint)row * columns);
            for (int i = FirstColumn; i < EndColumn; i++)
            {
                to[i] = KeepsHidden && float.IsNegativeInfinity(from[i]) ? from[i] : values[i];
            }
        }
    }

    protected override void BackwardPiece(int row, nint count)
    {
        int columns = Output.Columns;
        for (int end = row + (int)(count / columns); row < end; row++)
        {
            float* from = At(InputGradient.From, Input, row), gradient = Output.GradientRow(row), to = At(InputGradient.To, Input, row);
            bool replaced = Rows[row] != 0;
            for (int i = 0; i < columns; i++)
            {
                float passed = replaced && i >= FirstColumn && i < EndColumn ? 0 : gradient[i];
                to[i] = from == null ? passed : from[i] + passed;
            }
        }
    }
}
