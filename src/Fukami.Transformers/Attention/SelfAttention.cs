using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Self-attention: queries, keys and values all come from the stream. (Vaswani et al. 2017)</summary>
public sealed class SelfAttention : ISublayer
{
    private readonly int layer;
    private readonly int queryWidth;
    private readonly int keyWidth;
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly Point qPoint;
    private readonly Point kPoint;
    private readonly Point vPoint;
    private readonly RotaryPositions? rotary;
    private readonly MultiHeadAttention attention;

    /// <summary>Self-attention in its scope.</summary>
    /// <param name="scope">Such as <c>blocks.3.attn</c>.</param>
    /// <param name="settings">Heads, width, bias, dropout and positions.</param>
    /// <param name="role">Which stack it belongs to.</param>
    /// <param name="layer">The layer's index from 0, its place in a cache.</param>
    /// <param name="gain">A factor on the initial value and output weights.</param>
    internal SelfAttention(ModelScope scope, TransformerSettings settings, StackRole role, int layer, double gain)
    {
        (this.layer, queryWidth, keyWidth) = (layer, settings.Heads * settings.HeadWidth, settings.KeyValueHeads * settings.HeadWidth);
        ModelScope qkv = scope.In("qkv");
        weight = qkv.Matrix("weight", new(settings.Width, queryWidth), new(settings.Width, keyWidth), new(settings.Width, keyWidth) { Gain = gain });
        bias = settings.QkvBias ? qkv.Bias(queryWidth + (2 * keyWidth)) : null;
        qPoint = scope.Point("q", PointShapes.Query);
        kPoint = scope.Point("k", PointShapes.Key);
        vPoint = scope.Point("v", PointShapes.Key);
        rotary = PositionEncodings.Find(settings).Rotates ? new RotaryPositions(scope, settings) : null;
        attention = new MultiHeadAttention(scope, settings, role, role.Causal, gain, PointShapes.Pattern);
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass)
    {
        Tensor qkv = x.Linear(weight, bias); // (batch, length, (heads + 2·keyHeads)·d)
        Tensor q = qkv.Columns(0, queryWidth).At(qPoint); // (batch, length, heads·d)
        Tensor k = qkv.Columns(queryWidth, keyWidth).At(kPoint); // (batch, length, keyHeads·d)
        Tensor v = qkv.Columns(queryWidth + keyWidth, keyWidth).At(vPoint); // (batch, length, keyHeads·d)
        if (rotary is not null)
        {
            (q, k) = (rotary.TurnQuery(q, pass.FirstPosition), rotary.TurnKey(k, pass.FirstPosition));
        }

        if (pass.Cache is { } cache)
        {
            (k, v) = cache.Append(layer, k, v); // (batch, past + length, keyHeads·d)
        }

        return attention.Attend(q, k, v, pass.Mask);
    }
}
