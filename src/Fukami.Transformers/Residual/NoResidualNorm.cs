using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>No skip path, normalized: y = N(F(x)).</summary>
/// <param name="norm">N.</param>
/// <param name="branch">The point of F's output.</param>
public sealed class NoResidualNorm(INormalization norm, Point branch) : IResidualConnection
{
    /// <inheritdoc/>
    public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) => norm.Forward(sublayer.Forward(x, pass).At(branch), pass);
}
