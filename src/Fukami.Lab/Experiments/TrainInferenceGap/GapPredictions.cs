using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>How the gap between the modes falls with the batch: docs/experiments/train-inference-gap.md.</summary>
internal static class GapPredictions
{
    /// <summary>The share of a new batch in the engine's running statistics, m.</summary>
    public const double Momentum = 0.1;

    /// <summary>
    /// √(1/B + m/((2 − m)·b)): batches of B against running means over batches of b, both as noise of independent sentences;
    /// the factor before it, which depends on the net, is left out.
    /// </summary>
    public static double Shape(int size, int trained) => Math.Sqrt((1.0 / size) + (Momentum / ((2 - Momentum) * trained)));

    /// <summary>The slope of that over B, both as logarithms.</summary>
    public static double Slope(IReadOnlyList<int> sizes, int trained) => SlopeOf(sizes, [.. sizes.Select(s => Shape(s, trained))]);

    /// <summary>The slope of a gap over B, both as logarithms.</summary>
    public static double SlopeOf(IReadOnlyList<int> sizes, IReadOnlyList<double> gaps) =>
        LineFit.Through([.. sizes.Select(s => ReproducibleMath.Log(s))], [.. gaps.Select(ReproducibleMath.Log)]).Slope;
}
