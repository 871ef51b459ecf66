using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>What a softmax makes of n independent normal scores of variance σ². (docs/experiments/attention-by-hand.md)</summary>
internal static class ScorePrediction
{
    /// <summary>
    /// The density at zero of the gap between the largest and the second of n standard normal numbers, n(n − 1)∫φ²Φⁿ⁻²:
    /// for large σ the softmax lets through 1 − Σp² = this/σ.
    /// </summary>
    public static double GapDensity(int n)
    {
        const double step = 1.0 / 256;
        double distribution = 0, sum = 0;
        for (double x = -8 + (step / 2); x < 8; x += step)
        {
            double density = ReproducibleMath.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
            distribution += 0.5 * density * step;
            sum += density * density * ReproducibleMath.Exp((n - 2) * ReproducibleMath.Log(distribution)) * step;
            distribution += 0.5 * density * step;
        }

        return n * (n - 1) * sum;
    }

    /// <summary>−Σp·ln p: ln n − σ²/2 while many weights share (Derrida 1981, the random energy model), π²/6 of the gap density over σ once two at most do.</summary>
    public static double Entropy(int n, double variance) => ManyShare(n, variance)
        ? ReproducibleMath.Log(n) - (variance / 2)
        : Math.Min(ReproducibleMath.Log(n), Math.PI * Math.PI / 6 * GapDensity(n) / Math.Sqrt(variance));

    /// <summary>1 − Σp²: 1 − e^σ²/n while many weights share, the gap density over σ once two at most do.</summary>
    public static double Slope(int n, double variance) => ManyShare(n, variance)
        ? 1 - (ReproducibleMath.Exp(variance) / n)
        : Math.Min(1 - (1.0 / n), GapDensity(n) / Math.Sqrt(variance));

    // Σp² ≈ e^σ²/n holds up to half the deviation √(2·ln n) at which few weights are all
    private static bool ManyShare(int n, double variance) => variance <= ReproducibleMath.Log(n) / 2;

    /// <summary>E e^(‖q‖²/d) for q of d standard normal numbers, (1 − 2/d)^(−d/2): how much more Σp² is than 1/n. Infinite up to d = 2.</summary>
    public static double Unevenness(int width) => width <= 2 ? double.PositiveInfinity : ReproducibleMath.Exp(-0.5 * width * ReproducibleMath.Log(1 - (2.0 / width)));
}
