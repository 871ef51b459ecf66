using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// How far batch normalization moves a sentence of T independent tokens with normal features, relative to its size, at the first
/// normalization (docs/experiments/sequence-length.md derives each).
/// </summary>
internal static class SequencePredictions
{
    /// <summary>√(1.5·(n − T)/(n·T)): beside others, when n tokens are counted in all. Terms of order 1/T² are left out.</summary>
    public static double Beside(int length, int counted) => Math.Sqrt(1.5 * (counted - length) / ((double)counted * length));

    /// <summary>√(n/T) − 1: the least that counting n − T positions of one padding token moves every feature of every sentence.</summary>
    public static double LeastIgnored(int length, int counted) => Math.Sqrt((double)counted / length) - 1;

    /// <summary>√(n/T): the most that it moves them.</summary>
    public static double MostIgnored(int length, int counted) => Math.Sqrt((double)counted / length);

    /// <summary>Between the two: the root mean square over normal features.</summary>
    public static double Ignored(int length, int counted)
    {
        const int points = 400;
        const double end = 8;
        double f = 1 - ((double)length / counted), unit = (length + 1.0) / Math.Max(1, length - 1);
        double sum = 0, weights = 0;
        for (int i = 0; i < points; i++)
        {
            double z = end * (i + 0.5) / points;
            double weight = ReproducibleMath.Exp(-z * z / 2);
            sum += weight * IgnoredSquare(f, unit * z * z);
            weights += weight;
        }

        return Math.Sqrt(sum / weights);
    }

    /// <summary>√3/n: the other positions, when one of n tokens changes. Terms of order 1/n² are left out.</summary>
    public static double Leak(int counted) => Math.Sqrt(3) / counted;

    /// <summary>√2/n: the first position's gradient with respect to the last of n tokens, in units of that with respect to itself.</summary>
    public static double LeakGradient(int counted) => Math.Sqrt(2) / counted;

    // (1 + f²u)/g² − 2/g + 1, g² = (1 − f)(1 + fu): one feature whose padding lies √u deviations from the sentence's mean, f the padding's share
    private static double IgnoredSquare(double f, double u)
    {
        double g = Math.Sqrt((1 - f) * (1 + (f * u)));
        return ((1 + (f * f * u)) / (g * g)) - (2 / g) + 1;
    }
}
