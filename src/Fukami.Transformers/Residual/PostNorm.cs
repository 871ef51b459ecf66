using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Post-norm: y = N(x + F(x)). The normalization stands on the skip path. (Vaswani et al. 2017)</summary>
/// <param name="norm">N.</param>
/// <param name="branch">The point of what is added.</param>
/// <param name="sum">The point of the sum.</param>
public sealed class PostNorm(INormalization norm, Point branch, Point sum) : IResidualConnection
{
    /// <inheritdoc/>
    public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) => norm.Forward((x + sublayer.Forward(x, pass).At(branch)).At(sum), pass);
}
