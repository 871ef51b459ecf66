using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Dynamic tanh: γ·tanh(αx) + β, which takes no mean over anything; α begins as 0.5. (Zhu et al. 2025)</summary>
/// <param name="scope">Where it stands in the model.</param>
/// <param name="width">Features.</param>
/// <param name="bias">Whether there is a β.</param>
public sealed class DynamicTanh(ModelScope scope, int width, bool bias = true) : INormalization
{
    private const float InitialAlpha = 0.5f;

    private readonly Parameter alpha = scope.Constant("alpha", 1, InitialAlpha);
    private readonly Parameter gain = scope.Gain(width);
    private readonly Parameter? shift = bias ? scope.Bias(width) : null;
    private readonly Point normalized = scope.Point("normalized", PointShapes.Stream);

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass = default) => x.DynamicTanh(alpha, gain, shift).At(normalized);
}
