using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Another pass's value at the same point: which position and layer carries what makes the two prompts differ? (activation patching; Vig et al. 2020, Meng et al. 2022)</summary>
/// <param name="Point">The point's full name.</param>
/// <param name="Source">The other pass, with the point captured; of one sentence, which is put into all, or of as many as the pass.</param>
public sealed record Patch(string Point, PointCapture Source) : Intervention(Point)
{
    /// <summary>For each of the positions the position of the source that is put there; none given: the same.</summary>
    public IReadOnlyList<int>? SourcePositions { get; init; }

    /// <inheritdoc/>
    protected override void Fill(in ReplacedRows pass, Tensor current, Span<float> values)
    {
        var source = new SourceRows(Source, pass);
        IReadOnlyList<int> to = pass.Positions;
        IReadOnlyList<int> from = SourcePositions ?? to;
        if (from.Count != to.Count)
        {
            throw new InspectionException($"{from.Count} positions of the source were given for {to.Count} positions of the pass at {Point}; give one for each.");
        }

        if (Source.Batch.Batch != 1 && Source.Batch.Batch != pass.Sentences)
        {
            throw new InspectionException($"The source of a patch has {Source.Batch.Batch} sentences and the pass {pass.Sentences}; give a source of one or of as many.");
        }

        var sourceOf = new Dictionary<int, int>();
        for (int i = 0; i < to.Count; i++)
        {
            sourceOf[to[i]] = from[i];
        }

        foreach ((int row, int sentence, int block, int position) in pass.Rows())
        {
            source.Copy(Source.Batch.Batch == 1 ? 0 : sentence, block, sourceOf[position], values, row);
        }
    }
}
