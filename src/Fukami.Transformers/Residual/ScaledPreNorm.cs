using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Scaled pre-norm: y = x + F(N(x)/√l), l the layer's number from 1. Deep layers do not let the stream's variance explode. (Sun et al. 2025)</summary>
/// <param name="norm">N.</param>
/// <param name="layer">l.</param>
/// <param name="branch">The point of what is added.</param>
public sealed class ScaledPreNorm(INormalization norm, int layer, Point branch) : IResidualConnection
{
    private readonly float factor = (float)(1 / Math.Sqrt(layer));

    /// <inheritdoc/>
    public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) => x + sublayer.Forward(factor * norm.Forward(x, pass), pass).At(branch);
}
