using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// A sublayer's place in a layer, from which a residual connection takes what it needs. What it takes is created then, under the names that belong there.
/// </summary>
public sealed class SublayerSite
{
    private readonly ModelScope scope;
    private readonly TransformerSettings settings;
    private readonly string part;
    private readonly string norm;
    private readonly string result;

    /// <summary>A place in a layer.</summary>
    /// <param name="scope">The layer's scope.</param>
    /// <param name="settings">The model's settings.</param>
    /// <param name="role">Which stack the layer belongs to.</param>
    /// <param name="layer">The layer's number, from 1.</param>
    /// <param name="part">The sublayer's name: attn, cross or mlp.</param>
    /// <param name="norm">Its normalization's name: ln1, ln_cross or ln2.</param>
    /// <param name="result">The name of the stream behind it: resid_mid, resid_cross or resid_post.</param>
    internal SublayerSite(ModelScope scope, TransformerSettings settings, StackRole role, int layer, string part, string norm, string result)
    {
        (this.scope, this.settings, this.part, this.norm, this.result) = (scope.In(""), settings, part, norm, result);
        (Role, Layer) = (role, layer);
        Branch = this.scope.Point($"{part}_out", PointShapes.Stream, Place.Branch);
    }

    /// <summary>Which stack the layer belongs to.</summary>
    public StackRole Role { get; }

    /// <summary>The layer's number, from 1.</summary>
    public int Layer { get; }

    /// <summary>The point of what the branch adds to the stream, such as <c>blocks.3.attn_out</c>.</summary>
    public Point Branch { get; }

    /// <summary>The normalization in front of the sublayer.</summary>
    public INormalization NormBefore() => Normalizations.Build(scope.In(norm, Place.NormBefore), settings);

    /// <summary>A second normalization, of the sublayer's output, beside the one in front.</summary>
    public INormalization NormOfBranch() => Normalizations.Build(scope.In($"{norm}_post", Place.NormOfBranch), settings);

    /// <summary>The normalization behind the sum.</summary>
    public INormalization NormAfter() => Normalizations.Build(scope.In(norm, Place.NormAfter), settings);

    /// <summary>A learned factor of the branch.</summary>
    public Parameter ResidualScale(float initial) => scope.In(part, Place.NormOfBranch).Constant("residual_scale", 1, initial);

    /// <summary>The point of a sum that is yet to be normalized, such as <c>blocks.3.resid_mid_sum</c>.</summary>
    public Point Sum() => scope.Point($"{result}_sum", PointShapes.Stream, Place.Sum);

    /// <summary>The point of the stream behind the sublayer, such as <c>blocks.3.resid_mid</c>.</summary>
    internal Point Result() => scope.Point(result, PointShapes.Stream, Place.Result);

    /// <summary>The sublayer's own scope, such as <c>blocks.3.attn</c>.</summary>
    internal ModelScope Part() => scope.In(part, Place.Part);

    // The order in which a forward pass meets them.
    private static class Place
    {
        public const int NormBefore = 0;
        public const int Part = 1;
        public const int NormOfBranch = 2;
        public const int Branch = 3;
        public const int Sum = 4;
        public const int NormAfter = 5;
        public const int Result = 6;
    }
}
