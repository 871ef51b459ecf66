using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A layer's place in a model with its sublayers, from which an arrangement builds the layer.</summary>
public sealed class LayerSite
{
    private readonly ModelScope scope;
    private readonly TransformerSettings settings;
    private readonly SublayerSite[] sites;
    private readonly ISublayer[] sublayers;

    /// <summary>A layer's place.</summary>
    /// <param name="scope">The layer's scope, such as <c>blocks.3</c>.</param>
    /// <param name="settings">The model's settings.</param>
    /// <param name="role">Which stack it belongs to.</param>
    /// <param name="index">Its index, from 0.</param>
    internal LayerSite(ModelScope scope, TransformerSettings settings, StackRole role, int index)
    {
        (this.scope, this.settings) = (scope, settings);
        int layer = index + 1;
        Start = scope.Point("resid_pre", PointShapes.Stream, place: -2);
        var attention = new SublayerSite(scope, settings, role, layer, "attn", "ln1", "resid_mid");
        SublayerSite? cross = role.Crosses ? new SublayerSite(scope, settings, role, layer, "cross", "ln_cross", "resid_cross") : null;
        var feedForward = new SublayerSite(scope, settings, role, layer, "mlp", "ln2", "resid_post");
        sites = cross is null ? [attention, feedForward] : [attention, cross, feedForward];

        double gain = ResidualConnections.Find(settings).BranchGain(role);
        ISublayer self = new SelfAttention(attention.Part(), settings, role, index, gain);
        ISublayer mlp = Activations.Build(feedForward.Part(), settings, role, gain);
        Cross = cross is null ? null : new CrossAttention(cross.Part(), settings, role, index, gain);
        sublayers = Cross is null ? [self, mlp] : [self, Cross, mlp];
    }

    /// <summary>The point of the stream in front of the layer.</summary>
    public Point Start { get; }

    /// <summary>The sublayers in their order: attention, cross-attention if there is one, feed-forward.</summary>
    public IReadOnlyList<ISublayer> Sublayers => sublayers;

    /// <summary>The points of what each sublayer adds to the stream.</summary>
    public IReadOnlyList<Point> Branches => [.. sites.Select(site => site.Branch)];

    /// <summary>The cross-attention, if the layer has one.</summary>
    internal CrossAttention? Cross { get; }

    /// <summary>A layer whose sublayers follow one another.</summary>
    /// <param name="connection">Builds what connects each to the stream.</param>
    public ILayer InOrder(Func<SublayerSite, IResidualConnection> connection) => new SequentialLayer(
        Start,
        [.. sites.Zip(sublayers, (site, sublayer) => new LayerStep(connection(site), sublayer, site.Result()))]);

    /// <summary>One normalization for all sublayers of the layer.</summary>
    public INormalization SharedNorm() => Normalizations.Build(scope.In("ln1", place: -1), settings);

    /// <summary>The point of the stream behind a layer whose sublayers stand side by side.</summary>
    public Point Result() => scope.Point("resid_post", PointShapes.Stream, place: 1);
}
