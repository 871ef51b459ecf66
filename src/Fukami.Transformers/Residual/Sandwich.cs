using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Sandwich: y = x + N₂(F(N₁(x))). What is added is normalized too. (Gemma 2; Peri-LN, Kim et al. 2025)</summary>
/// <param name="before">N₁.</param>
/// <param name="after">N₂.</param>
/// <param name="branch">The point of what is added.</param>
public sealed class Sandwich(INormalization before, INormalization after, Point branch) : IResidualConnection
{
    /// <inheritdoc/>
    public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) =>
        x + after.Forward(sublayer.Forward(before.Forward(x, pass), pass), pass).At(branch);
}
