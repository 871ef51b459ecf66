using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Pre-norm: y = x + F(N(x)). The skip path meets no normalization. (Xiong et al. 2020)</summary>
/// <param name="norm">N.</param>
/// <param name="branch">The point of what is added.</param>
public sealed class PreNorm(INormalization norm, Point branch) : IResidualConnection
{
    /// <inheritdoc/>
    public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) => x + sublayer.Forward(norm.Forward(x, pass), pass).At(branch);
}
