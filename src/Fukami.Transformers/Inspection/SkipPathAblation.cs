using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Cuts the skip path around a sublayer: what was x + F(x) becomes F(x), and gradients come through the branch alone. In post-norm nets the normalization still
/// stands behind. In a parallel layer both branches remain.
/// </summary>
public sealed record SkipPathAblation : Intervention
{
    private readonly string[] branches;

    private SkipPathAblation(string sum, params string[] branches)
        : base(sum) => this.branches = branches;

    /// <summary>The cuts of a layer: around its attention, and around its feed-forward.</summary>
    /// <param name="model">A decoder or an encoder with skip paths.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <exception cref="InspectionException">There is no such layer, or it has no skip path.</exception>
    public static IReadOnlyList<Intervention> Of(Transformer model, int layer)
    {
        Layered.RequireOneStack(model, "Cutting a skip path");
        Layered.RequireLayer(model, layer);
        ResidualArrangement arrangement = ResidualConnections.Find(model.Settings);
        if (arrangement.SkipGain(new StackRole(model.Settings.Depth, PartnerDepth: 0, Causal: true)) == 0)
        {
            throw new InspectionException($"A skip path was to be cut, and a net with residual={model.Settings.Residual} has none; give one with skip paths.");
        }

        string attention = Layered.Point(layer, "attn_out"), feedForward = Layered.Point(layer, "mlp_out");
        return model.HasPoint(Layered.Point(layer, "resid_mid"))
            ? [new SkipPathAblation(Sum("resid_mid"), attention), new SkipPathAblation(Sum("resid_post"), feedForward)]
            : [new SkipPathAblation(Sum("resid_post"), attention, feedForward)];

        string Sum(string stream) => Layered.Point(layer, arrangement.NormAfterSum ? $"{stream}_sum" : stream);
    }

    /// <inheritdoc/>
    protected override void Fill(in ReplacedRows pass, Tensor current, Span<float> values) =>
        throw new InspectionException($"The skip path to {Point} can be cut for all positions and heads only; leave both unset.");

    private protected override Tensor Replace(Tensor current)
    {
        if (Positions is not null || Head is not null)
        {
            return base.Replace(current);
        }

        Tensor sum = current.Tape[branches[0]];
        return branches.Length == 1 ? sum : sum + current.Tape[branches[1]];
    }
}
