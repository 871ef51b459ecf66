using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Rotary positions: pairs of features of queries and keys are turned by angles that grow with the position, so that a score depends on the
/// distance alone. Pairs are features i and i + w/2 of the first w features of a head; the others stay. (Su et al. 2021)
/// </summary>
public sealed class RotaryPositions
{
    private readonly int heads;
    private readonly int keyHeads;
    private readonly RotaryFrequencies frequencies;
    private readonly Point queryPoint;
    private readonly Point keyPoint;

    /// <summary>Rotary positions of an attention.</summary>
    /// <param name="scope">The attention's scope.</param>
    /// <param name="settings">Heads, and which features turn how fast.</param>
    public RotaryPositions(ModelScope scope, TransformerSettings settings)
    {
        (heads, keyHeads) = (settings.Heads, settings.KeyValueHeads);
        RotaryScaling scaling = RotaryScalings.Find(settings);
        frequencies = RotaryFrequencies.Geometric(settings.RotaryWidth, settings.RotaryBase).Select(frequency => scaling.Of(frequency, settings));
        queryPoint = scope.Point("rot_q", PointShapes.Query);
        keyPoint = scope.Point("rot_k", PointShapes.Key);
    }

    /// <summary>Queries turned by their positions, (batch, length, heads·d).</summary>
    public Tensor TurnQuery(Tensor q, int firstPosition) => q.Rotate(heads, firstPosition, frequencies).At(queryPoint);

    /// <summary>Keys turned by their positions, (batch, length, keyHeads·d).</summary>
    public Tensor TurnKey(Tensor k, int firstPosition) => k.Rotate(keyHeads, firstPosition, frequencies).At(keyPoint);
}
