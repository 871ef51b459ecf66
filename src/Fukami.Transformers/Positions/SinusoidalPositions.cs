using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Sinusoidal positions: feature 2i of position p is sin(p/10000^(2i/width)), feature 2i+1 its cosine. Not learned and not saved. (Vaswani et al. 2017, section 3.5)
/// </summary>
public sealed class SinusoidalPositions : IPositionEmbedding
{
    private readonly Storage table;
    private readonly PositionIds ids;

    /// <summary>The table of all positions of the context.</summary>
    /// <param name="scope">The stack's scope.</param>
    /// <param name="length">Positions of the context.</param>
    /// <param name="width">Features.</param>
    public SinusoidalPositions(ModelScope scope, int length, int width)
    {
        table = scope.In("pos_embed").Fixed("table", length, width);
        ids = new PositionIds(length);
        Span<float> values = table.Values;
        for (int feature = 0; feature < width; feature++)
        {
            double frequency = ReproducibleMath.Pow(10_000, -(feature - (feature % 2)) / (double)width);
            for (int position = 0; position < length; position++)
            {
                (double sine, double cosine) = ReproducibleMath.SinCos(position * frequency);
                values[(position * width) + feature] = (float)(feature % 2 == 0 ? sine : cosine);
            }
        }
    }

    /// <inheritdoc/>
    public Tensor Forward(Tape tape, int batch, int length, int firstPosition) => tape.Lookup(table, ids.Of(batch, length, firstPosition), batch, length);
}
