using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// The value that the part has in another prompt, drawn at random: unlike zeros or a mean it is one that the rest of the model is used to. (Chan et al. 2022)
/// </summary>
/// <param name="Point">The point's full name.</param>
/// <param name="Source">A pass over other prompts, with the point captured.</param>
/// <param name="Random">The draws. The same source gives the same draws, whatever else is replaced.</param>
public sealed record ResampleAblation(string Point, PointCapture Source, RandomSource Random) : Intervention(Point)
{
    /// <summary>
    /// Whether the position is drawn too, for each position anew. If not, one sentence of the source is drawn for each of the pass, and every position gets
    /// the value of the same position there.
    /// </summary>
    public bool AnyPosition { get; init; }

    /// <inheritdoc/>
    protected override void Fill(in ReplacedRows pass, Tensor current, Span<float> values)
    {
        var source = new SourceRows(Source, pass);
        RandomSource random = Random.Split(Point);
        if (AnyPosition)
        {
            (int Sentence, int Position)[] tokens = Tokens();
            foreach ((int row, int sentence, int block, int position) in pass.Rows())
            {
                (int from, int at) = tokens[random.Below(((ulong)sentence << 32) + (ulong)position, tokens.Length)];
                source.Copy(from, block, at, values, row);
            }

            return;
        }

        int[] sentences = [.. Sentences(pass.Positions)];
        foreach ((int row, int sentence, int block, int position) in pass.Rows())
        {
            source.Copy(sentences[random.Below((ulong)sentence, sentences.Length)], block, position, values, row);
        }
    }

    private (int Sentence, int Position)[] Tokens() =>
    [
        .. from sentence in Enumerable.Range(0, Source.Batch.Batch)
           from position in Enumerable.Range(0, Source[Point].Shape[^2])
           where Source.HoldsToken(sentence, position)
           select (sentence, position),
    ];

    private List<int> Sentences(IReadOnlyList<int> positions)
    {
        int length = Source[Point].Shape[^2];
        List<int> longEnough = [.. Enumerable.Range(0, Source.Batch.Batch).Where(sentence => positions.All(p => p < length && Source.HoldsToken(sentence, p)))];
        return longEnough.Count > 0
            ? longEnough
            : throw new InspectionException($"No sentence of the source has a token at position {positions.Max()} of {Point}; give longer ones, or draw positions too.");
    }
}
