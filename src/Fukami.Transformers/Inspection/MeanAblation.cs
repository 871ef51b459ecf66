using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>The same mean at every position of a point: what the part says on average stays, what it says about this prompt goes.</summary>
/// <param name="Point">The point's full name; not scores or patterns, whose columns are keys.</param>
/// <param name="Mean">The mean of each feature.</param>
public sealed record MeanAblation(string Point, IReadOnlyList<float> Mean) : Intervention(Point)
{
    /// <summary>The mean over all tokens of a reference pass, padding left out.</summary>
    /// <param name="point">The point's full name.</param>
    /// <param name="reference">The pass, with the point captured.</param>
    public static MeanAblation Of(string point, PointCapture reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        CapturedPoint captured = reference[point];
        RefuseKeys(point, captured.Shape.Rank);
        var sums = new double[captured.Shape.Columns];
        int tokens = 0;
        for (int row = 0; row < captured.Shape.Rows; row++)
        {
            (int sentence, int position) = Math.DivRem(row, captured.Shape[^2]);
            if (!reference.HoldsToken(sentence, position))
            {
                continue;
            }

            tokens++;
            ReadOnlySpan<float> values = captured.Row(sentence, position);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += values[i];
            }
        }

        return new MeanAblation(point, [.. sums.Select(sum => (float)(sum / tokens))]);
    }

    /// <inheritdoc/>
    protected override void Fill(in ReplacedRows pass, Tensor current, Span<float> values)
    {
        RefuseKeys(Point, pass.Shape.Rank);
        if (Mean.Count != pass.Shape.Columns)
        {
            throw new InspectionException($"A mean of {Mean.Count} features was given for {Point}, which has {pass.Shape.Columns}.");
        }

        foreach ((int row, _, _, _) in pass.Rows())
        {
            for (int i = 0; i < Mean.Count; i++)
            {
                values[(row * Mean.Count) + i] = Mean[i];
            }
        }
    }

    private static void RefuseKeys(string point, int rank)
    {
        if (rank == 4)
        {
            throw new InspectionException($"A mean over positions was asked for at {point}, whose columns are the keys of one prompt; ablate the attention's z instead.");
        }
    }
}
