using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>RMS normalization with an offset gain: (1 + γ)x/√(mean(x²) + ε) + β over the features of one position; γ begins as 0. (Gemma)</summary>
/// <param name="scope">Where it stands in the model.</param>
/// <param name="width">Features.</param>
/// <param name="epsilon">ε.</param>
/// <param name="bias">Whether there is a β.</param>
public sealed class RootMeanSquareOffsetNormalization(ModelScope scope, int width, float epsilon = 1e-5f, bool bias = true) : INormalization
{
    private readonly Parameter gain = scope.Constant("gain", width, 0);
    private readonly Parameter? shift = bias ? scope.Bias(width) : null;
    private readonly Point scalePoint = scope.Point("scale", PointShapes.Scale);
    private readonly Point normalized = scope.Point("normalized", PointShapes.Stream);

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass = default)
    {
        Tensor scale = x.RootMeanSquare(epsilon).At(scalePoint); // (batch, length, 1)
        return x.RescaleByOffset(scale, gain, shift).At(normalized); // (batch, length, width)
    }
}
