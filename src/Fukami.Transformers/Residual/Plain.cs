using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A skip path and no normalization: y = x + F(x). (He et al. 2016)</summary>
/// <param name="branch">The point of what is added.</param>
public sealed class Plain(Point branch) : IResidualConnection
{
    /// <inheritdoc/>
    public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) => x + sublayer.Forward(x, pass).At(branch);
}
