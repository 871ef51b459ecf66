namespace Fukami.Transformers;

/// <summary>Rows of a captured point that are put in the place of another pass's.</summary>
internal readonly ref struct SourceRows
{
    private readonly CapturedPoint point;

    /// <summary>The rows of a source for a pass.</summary>
    /// <exception cref="InspectionException">Its rows do not fit.</exception>
    public SourceRows(PointCapture source, in ReplacedRows pass)
    {
        point = source[pass.Point];
        if (point.Shape.Rank != pass.Shape.Rank || point.Shape.Columns != pass.Shape.Columns || (point.Shape.Rank == 4 && point.Shape[1] != pass.Shape[1]))
        {
            throw new InspectionException($"The source's value at {pass.Point} has shape {point.Shape} and the pass's {pass.Shape}; all but batch and length must be the same{(pass.Shape.Rank == 4 ? ", and at scores and patterns the number of keys too" : "")}.");
        }
    }

    /// <summary>Copies a row of the source to a row of the pass.</summary>
    public void Copy(int sentence, int block, int position, Span<float> values, int row)
    {
        if ((uint)position >= (uint)point.Shape[^2])
        {
            throw new InspectionException($"Position {position} of the source was asked for at {point.Name}; it has positions 0 to {point.Shape[^2] - 1}.");
        }

        point.Row(sentence, position, block).CopyTo(values[(row * point.Shape.Columns)..]);
    }
}
