using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>ReZero: y = x + αF(x). α is learned and begins as 0, so that every layer begins as the identity. (Bachlechner et al. 2020)</summary>
/// <param name="alpha">α, (1).</param>
/// <param name="branch">The point of what is added.</param>
public sealed class ReZero(Parameter alpha, Point branch) : IResidualConnection
{
    /// <inheritdoc/>
    public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) => x + sublayer.Forward(x, pass).ScaledBy(alpha).At(branch);
}
