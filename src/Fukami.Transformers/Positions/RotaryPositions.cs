using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Rotary positions: pairs of features of queries and keys are turned by angles that grow with the position, so that a score depends on the
/// distance alone. (Su et al. 2021)
/// </summary>
/// <param name="scope">The attention's scope.</param>
/// <param name="heads">Heads of the queries.</param>
/// <param name="keyHeads">Heads of the keys.</param>
public sealed class RotaryPositions(ModelScope scope, int heads, int keyHeads)
{
    // The base of the frequencies, as in the paper.
    private const float Theta = 10_000;

    private readonly Point queryPoint = scope.Point("rot_q", PointShapes.Query);
    private readonly Point keyPoint = scope.Point("rot_k", PointShapes.Key);

    /// <summary>Queries turned by their positions, (batch, length, heads·d).</summary>
    public Tensor TurnQuery(Tensor q, int firstPosition) => q.Rotate(heads, firstPosition, Theta).At(queryPoint);

    /// <summary>Keys turned by their positions, (batch, length, keyHeads·d).</summary>
    public Tensor TurnKey(Tensor k, int firstPosition) => k.Rotate(keyHeads, firstPosition, Theta).At(keyPoint);
}
