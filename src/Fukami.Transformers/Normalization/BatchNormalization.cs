using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Batch normalization: γ(x − μ)/√(σ² + ε) + β with mean and variance of one feature over all positions of all sentences of the batch
/// in training, and running ones at inference. (Ioffe and Szegedy 2015)
/// </summary>
/// <param name="scope">Where it stands in the model.</param>
/// <param name="width">Features.</param>
/// <param name="epsilon">ε.</param>
/// <param name="bias">Whether there is a β.</param>
/// <param name="respectPadding">Whether padding is left out of the statistics.</param>
public sealed class BatchNormalization(ModelScope scope, int width, float epsilon = 1e-5f, bool bias = true, bool respectPadding = true) : INormalization
{
    // Share of the new batch in the running statistics, as in most frameworks.
    private const float Momentum = 0.1f;

    private readonly Parameter gain = scope.Gain(width);
    private readonly Parameter? shift = bias ? scope.Bias(width) : null;
    private readonly Storage runningMean = scope.Statistic("running_mean", width, 0);
    private readonly Storage runningVariance = scope.Statistic("running_variance", width, 1);
    private readonly Point normalized = scope.Point("normalized", PointShapes.Stream);

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass = default) =>
        x.BatchNormalize(gain, shift, runningMean, runningVariance, Momentum, epsilon, respectPadding ? pass.Mask : null).At(normalized);
}
