namespace Fukami.Transformers;

/// <summary>
/// One head: columns of <c>attn.q</c>, <c>.k</c>, <c>.v</c> and <c>.z</c>, (batch, length, heads · width), and a square of <c>attn.attn_scores</c> and
/// <c>.pattern</c>, (batch, heads, query, key).
/// </summary>
/// <param name="Index">The head, from 0; at <c>.k</c> and <c>.v</c> the key head.</param>
/// <param name="Width">Features of a head.</param>
public readonly record struct AttentionHead(int Index, int Width)
{
    /// <summary>A head of a model.</summary>
    /// <param name="settings">The model's settings.</param>
    /// <param name="index">The head, from 0.</param>
    public static AttentionHead Of(TransformerSettings settings, int index)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return index >= 0 && index < settings.Heads
            ? new(index, settings.HeadWidth)
            : throw new InspectionException($"Head {index} was asked for; the model has heads 0 to {settings.Heads - 1}.");
    }
}
