using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Power normalization: γx/ψ + β, ψ² the running quadratic mean of one feature over batches. (Shen et al. 2020, algorithm 2)</summary>
/// <param name="scope">Where it stands in the model.</param>
/// <param name="width">Features.</param>
/// <param name="epsilon">Added to ψ².</param>
/// <param name="bias">Whether there is a β.</param>
/// <param name="respectPadding">Whether padding is left out of the statistics.</param>
public sealed class PowerNormalization(ModelScope scope, int width, float epsilon = 1e-5f, bool bias = true, bool respectPadding = true) : INormalization
{
    // 1 − α of the paper, whose α is 0.9.
    private const float Momentum = 0.1f;

    private readonly Parameter gain = scope.Gain(width);
    private readonly Parameter? shift = bias ? scope.Bias(width) : null;
    private readonly Storage runningSquare = scope.Statistic("running_square", width, 1);
    private readonly Storage runningGradient = scope.Statistic("running_gradient", width, 0);
    private readonly Point normalized = scope.Point("normalized", PointShapes.Stream);

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass = default) =>
        x.PowerNormalize(gain, shift, runningSquare, runningGradient, Momentum, epsilon, respectPadding ? pass.Mask : null).At(normalized);
}
