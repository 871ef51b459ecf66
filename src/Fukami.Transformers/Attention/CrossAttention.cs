using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Cross-attention: queries come from the stream, keys and values from what the encoder made of the source. (Vaswani et al. 2017)</summary>
public sealed class CrossAttention : ISublayer
{
    private readonly int layer;
    private readonly int keyWidth;
    private readonly Parameter queryWeight;
    private readonly Parameter? queryBias;
    private readonly Parameter keyValueWeight;
    private readonly Parameter? keyValueBias;
    private readonly Point qPoint;
    private readonly Point kPoint;
    private readonly Point vPoint;
    private readonly MultiHeadAttention attention;

    /// <summary>Cross-attention in its scope.</summary>
    /// <param name="scope">Such as <c>decoder.blocks.3.cross</c>.</param>
    /// <param name="settings">Heads, width, bias and dropout.</param>
    /// <param name="role">Which stack it belongs to.</param>
    /// <param name="layer">The layer's index from 0, its place in a cache.</param>
    /// <param name="gain">A factor on the initial value and output weights.</param>
    internal CrossAttention(ModelScope scope, TransformerSettings settings, StackRole role, int layer, double gain)
    {
        int queryWidth = settings.Heads * settings.HeadWidth;
        (this.layer, keyWidth) = (layer, settings.KeyValueHeads * settings.HeadWidth);
        ModelScope query = scope.In("q");
        queryWeight = query.Matrix("weight", new WeightSegment(settings.Width, queryWidth));
        queryBias = settings.QkvBias ? query.Bias(queryWidth) : null;
        ModelScope keyValue = scope.In("kv");
        keyValueWeight = keyValue.Matrix("weight", new(settings.Width, keyWidth), new(settings.Width, keyWidth) { Gain = gain });
        keyValueBias = settings.QkvBias ? keyValue.Bias(2 * keyWidth) : null;
        qPoint = scope.Point("q", PointShapes.Query);
        kPoint = scope.Point("k", PointShapes.SourceKey);
        vPoint = scope.Point("v", PointShapes.SourceKey);
        attention = new MultiHeadAttention(scope, settings, role, causal: false, gain, PointShapes.SourcePattern);
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass)
    {
        Tensor q = x.Linear(queryWeight, queryBias).At(qPoint); // (batch, length, heads·d)
        (Tensor k, Tensor v) = pass.Cache is { } cache ? cache.Source(x.Tape, layer) : Project(pass.Memory);
        return attention.Attend(q, k.At(kPoint), v.At(vPoint), pass.MemoryMask);
    }

    /// <summary>The keys and values of the source, each (batch, source length, keyHeads·d).</summary>
    /// <param name="memory">What the encoder made of it, (batch, source length, width).</param>
    internal (Tensor Keys, Tensor Values) Project(Tensor memory)
    {
        Tensor kv = memory.Linear(keyValueWeight, keyValueBias); // (batch, source length, 2·keyHeads·d)
        return (kv.Columns(0, keyWidth), kv.Columns(keyWidth, keyWidth));
    }
}
