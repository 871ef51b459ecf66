using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Learned positions: row p of a table is added at position p. (GPT-2)</summary>
/// <param name="scope">The stack's scope.</param>
/// <param name="length">Positions of the context.</param>
/// <param name="width">Features.</param>
public sealed class LearnedPositions(ModelScope scope, int length, int width) : IPositionEmbedding
{
    private readonly Parameter table = scope.In("pos_embed").Table("weight", length, width);
    private readonly PositionIds ids = new(length);

    /// <inheritdoc/>
    public Tensor Forward(Tape tape, int batch, int length, int firstPosition) => tape.Lookup(table, ids.Of(batch, length, firstPosition), batch, length);
}
