namespace Fukami.Lab;

/// <summary>
/// What batch normalization took for mean and variance of its features, over many batches of one size, in units of the features' own:
/// their mean is 0 and their variance σ² = 1.
/// </summary>
/// <param name="Size">Samples of a batch, B.</param>
/// <param name="MeanSpread">Root mean square of the batch mean.</param>
/// <param name="VarianceMean">Mean of the batch variance; NaN for one sample.</param>
/// <param name="VarianceVariation">Standard deviation of the batch variance over its mean; NaN for one sample.</param>
internal sealed record BatchMoments(int Size, double MeanSpread, double VarianceMean, double VarianceVariation)
{
    /// <summary>σ/√B.</summary>
    public static double PredictMeanSpread(int size) => 1 / Math.Sqrt(size);

    /// <summary>(1 − 1/B)σ².</summary>
    public static double PredictVarianceMean(int size) => 1 - (1.0 / size);

    /// <summary>√(2/(B − 1)), for normal features.</summary>
    public static double PredictVarianceVariation(int size) => Math.Sqrt(2.0 / (size - 1));
}
