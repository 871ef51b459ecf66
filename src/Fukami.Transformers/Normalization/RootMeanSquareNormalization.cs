using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>RMS normalization: γx/√(mean(x²) + ε) + β over the features of one position. (Zhang and Sennrich 2019)</summary>
/// <param name="scope">Where it stands in the model.</param>
/// <param name="width">Features.</param>
/// <param name="epsilon">ε.</param>
/// <param name="bias">Whether there is a β.</param>
public sealed class RootMeanSquareNormalization(ModelScope scope, int width, float epsilon = 1e-5f, bool bias = true) : INormalization
{
    private readonly Parameter gain = scope.Gain(width);
    private readonly Parameter? shift = bias ? scope.Bias(width) : null;
    private readonly Point scalePoint = scope.Point("scale", PointShapes.Scale);
    private readonly Point normalized = scope.Point("normalized", PointShapes.Stream);

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass = default)
    {
        Tensor scale = x.RootMeanSquare(epsilon).At(scalePoint); // (batch, length, 1)
        return x.Rescale(scale, gain, shift).At(normalized); // (batch, length, width)
    }
}
