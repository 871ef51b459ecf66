using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>No skip path: y = F(x).</summary>
/// <param name="branch">The point of F's output.</param>
public sealed class NoResidual(Point branch) : IResidualConnection
{
    /// <inheritdoc/>
    public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) => sublayer.Forward(x, pass).At(branch);
}
