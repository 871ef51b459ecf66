using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>DeepNorm: y = N(αx + F(x)). The skip path outweighs the branch, the more so the deeper the net. (Wang et al. 2022)</summary>
/// <param name="alpha">α, see <see cref="DeepNormConstants"/>.</param>
/// <param name="norm">N.</param>
/// <param name="branch">The point of what is added.</param>
/// <param name="sum">The point of the sum.</param>
public sealed class DeepNorm(double alpha, INormalization norm, Point branch, Point sum) : IResidualConnection
{
    private readonly float alpha = (float)alpha;

    /// <inheritdoc/>
    public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) =>
        norm.Forward(((alpha * x) + sublayer.Forward(x, pass).At(branch)).At(sum), pass);
}
