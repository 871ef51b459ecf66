using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Feed-forward: f(x·W₁ + b₁)·W₂ + b₂ at every position by itself. (Vaswani et al. 2017)</summary>
public sealed class FeedForwardSublayer : ISublayer
{
    private readonly float dropout;
    private readonly Func<Tensor, Tensor> activation;
    private readonly Parameter upWeight;
    private readonly Parameter? upBias;
    private readonly Parameter downWeight;
    private readonly Parameter? downBias;
    private readonly Point pre;
    private readonly Point post;

    /// <summary>A feed-forward sublayer in its scope.</summary>
    /// <param name="scope">Such as <c>blocks.3.mlp</c>.</param>
    /// <param name="settings">Widths, bias and dropout.</param>
    /// <param name="role">Which stack it belongs to.</param>
    /// <param name="gain">A factor on the initial weights.</param>
    /// <param name="activation">f.</param>
    internal FeedForwardSublayer(ModelScope scope, TransformerSettings settings, StackRole role, double gain, Func<Tensor, Tensor> activation)
    {
        (dropout, this.activation) = (settings.Dropout, activation);
        ModelScope up = scope.In("up");
        upWeight = up.Matrix("weight", new WeightSegment(settings.Width, settings.FeedForwardWidth) { Gain = gain });
        upBias = settings.FeedForwardBias ? up.Bias(settings.FeedForwardWidth) : null;
        pre = scope.Point("pre", PointShapes.Hidden);
        post = scope.Point("post", PointShapes.Hidden);
        ModelScope down = scope.In("down");
        downWeight = down.Matrix("weight", new WeightSegment(settings.FeedForwardWidth, settings.Width) { Gain = gain, StreamBranches = role.Branches });
        downBias = settings.FeedForwardBias ? down.Bias(settings.Width) : null;
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass)
    {
        Tensor hidden = activation(x.Linear(upWeight, upBias).At(pre)).At(post); // (batch, length, feedForwardWidth)
        return hidden.Linear(downWeight, downBias).Dropout(dropout); // (batch, length, width)
    }
}
