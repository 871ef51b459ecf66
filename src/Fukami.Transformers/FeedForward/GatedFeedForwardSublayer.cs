using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Gated feed-forward: (f(x·G + g) ∘ (x·W₁ + b₁))·W₂ + b₂; with f = silu it is SwiGLU. (Shazeer 2020)</summary>
public sealed class GatedFeedForwardSublayer : ISublayer
{
    private readonly float dropout;
    private readonly Func<Tensor, Tensor> activation;
    private readonly Parameter gateWeight;
    private readonly Parameter? gateBias;
    private readonly Parameter upWeight;
    private readonly Parameter? upBias;
    private readonly Parameter downWeight;
    private readonly Parameter? downBias;
    private readonly Point pre;
    private readonly Point preLinear;
    private readonly Point post;

    /// <summary>A gated feed-forward sublayer in its scope.</summary>
    /// <param name="scope">Such as <c>blocks.3.mlp</c>.</param>
    /// <param name="settings">Widths, bias and dropout.</param>
    /// <param name="role">Which stack it belongs to.</param>
    /// <param name="gain">A factor on the initial weights.</param>
    /// <param name="activation">f.</param>
    internal GatedFeedForwardSublayer(ModelScope scope, TransformerSettings settings, StackRole role, double gain, Func<Tensor, Tensor> activation)
    {
        (dropout, this.activation) = (settings.Dropout, activation);
        ModelScope gate = scope.In("gate");
        gateWeight = gate.Matrix("weight", new WeightSegment(settings.Width, settings.FeedForwardWidth) { Gain = gain });
        gateBias = settings.FeedForwardBias ? gate.Bias(settings.FeedForwardWidth) : null;
        ModelScope up = scope.In("up");
        upWeight = up.Matrix("weight", new WeightSegment(settings.Width, settings.FeedForwardWidth) { Gain = gain });
        upBias = settings.FeedForwardBias ? up.Bias(settings.FeedForwardWidth) : null;
        pre = scope.Point("pre", PointShapes.Hidden);
        preLinear = scope.Point("pre_linear", PointShapes.Hidden);
        post = scope.Point("post", PointShapes.Hidden);
        ModelScope down = scope.In("down");
        downWeight = down.Matrix("weight", new WeightSegment(settings.FeedForwardWidth, settings.Width) { Gain = gain, StreamBranches = role.Branches });
        downBias = settings.FeedForwardBias ? down.Bias(settings.Width) : null;
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass)
    {
        Tensor gate = x.Linear(gateWeight, gateBias).At(pre); // (batch, length, feedForwardWidth)
        Tensor linear = x.Linear(upWeight, upBias).At(preLinear); // (batch, length, feedForwardWidth)
        Tensor hidden = (activation(gate) * linear).At(post); // (batch, length, feedForwardWidth)
        return hidden.Linear(downWeight, downBias).Dropout(dropout); // (batch, length, width)
    }
}
