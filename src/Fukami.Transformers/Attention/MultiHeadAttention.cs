using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Multi-head attention softmax(q·kᵀ/√s)·v·W + b, over queries, keys and values that were projected before. Fewer key heads than query heads
/// are shared by groups of these. (Vaswani et al. 2017; Ainslie et al. 2023)
/// </summary>
public sealed class MultiHeadAttention
{
    private readonly int heads;
    private readonly int keyHeads;
    private readonly float scale;
    private readonly float cap;
    private readonly bool causal;
    private readonly float dropout;
    private readonly Parameter outWeight;
    private readonly Parameter? outBias;
    private readonly Point scoresPoint;
    private readonly Point patternPoint;
    private readonly Point zPoint;

    /// <summary>Attention with the output projection <c>out</c> of a scope.</summary>
    /// <param name="scope">The sublayer's scope, such as <c>blocks.3.attn</c>.</param>
    /// <param name="settings">Heads, width, bias and dropout.</param>
    /// <param name="role">Which stack it belongs to.</param>
    /// <param name="causal">Whether a position sees only itself and what came before.</param>
    /// <param name="gain">A factor on the initial output weights.</param>
    /// <param name="patternShape">The shape of scores and pattern in words.</param>
    internal MultiHeadAttention(ModelScope scope, TransformerSettings settings, StackRole role, bool causal, double gain, string patternShape)
    {
        (heads, keyHeads, dropout, this.causal) = (settings.Heads, settings.KeyValueHeads, settings.Dropout, causal);
        cap = settings.ScoreCap;
        scale = (float)(1 / Math.Sqrt(settings.ScoreWidth));
        scoresPoint = scope.Point("attn_scores", patternShape);
        patternPoint = scope.Point("pattern", patternShape);
        zPoint = scope.Point("z", PointShapes.Query);

        ModelScope output = scope.In("out");
        outWeight = output.Matrix("weight", new WeightSegment(heads * settings.HeadWidth, settings.Width) { Gain = gain, StreamBranches = role.Branches });
        outBias = settings.AttentionBias ? output.Bias(settings.Width) : null;
    }

    /// <summary>(batch, query, width).</summary>
    /// <param name="q">(batch, query, heads·d).</param>
    /// <param name="k">(batch, key, keyHeads·d).</param>
    /// <param name="v">(batch, key, keyHeads·d).</param>
    /// <param name="keyMask">Which keys hold a token, or none if all do.</param>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, PaddingMask? keyMask)
    {
        Tensor scores = q.Scores(k, heads, keyHeads, scale, causal, keyMask); // (batch, heads, query, key)
        scores = (cap == 0 ? scores : scores.Cap(cap)).At(scoresPoint);
        Tensor pattern = scores.Softmax().At(patternPoint); // (batch, heads, query, key)
        Tensor z = pattern.Dropout(dropout).Mix(v, keyHeads).At(zPoint); // (batch, query, heads·d)
        return z.Linear(outWeight, outBias).Dropout(dropout); // (batch, query, width)
    }
}
