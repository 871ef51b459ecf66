using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>Means over normally distributed numbers, by the trapezoidal rule over ±8 deviations: exact to about 10⁻⁷ for smooth functions.</summary>
internal static class GaussianMean
{
    private const int Half = 48;
    private const double Step = 8.0 / Half;
    private static readonly double[] Weights = Normalized();

    /// <summary>The mean of f(x), x normal with this mean and variance.</summary>
    public static double Of(Func<double, double> f, double mean, double variance)
    {
        double deviation = Math.Sqrt(variance), sum = 0;
        for (int i = -Half; i <= Half; i++)
        {
            sum += Weights[i + Half] * f(mean + (deviation * i * Step));
        }

        return sum;
    }

    /// <summary>tanh² of x.</summary>
    public static double TanhSquare(double x) => Square(Tanh(x));

    /// <summary>tanh's derivative.</summary>
    public static double TanhSlope(double x) => 1 - TanhSquare(x);

    /// <summary>The square of tanh's derivative.</summary>
    public static double TanhSlopeSquare(double x) => Square(TanhSlope(x));

    /// <summary>σ of x.</summary>
    public static double Sigmoid(double x) => 1 / (1 + ReproducibleMath.Exp(-x));

    /// <summary>σ² of x.</summary>
    public static double SigmoidSquare(double x) => Square(Sigmoid(x));

    /// <summary>The square of σ's derivative.</summary>
    public static double SigmoidSlopeSquare(double x) => Square(Sigmoid(x) * Sigmoid(-x));

    private static double Tanh(double x) => (2 * Sigmoid(2 * x)) - 1;

    private static double Square(double x) => x * x;

    private static double[] Normalized()
    {
        var weights = new double[(2 * Half) + 1];
        double sum = 0;
        for (int i = -Half; i <= Half; i++)
        {
            weights[i + Half] = ReproducibleMath.Exp(-0.5 * i * Step * i * Step);
            sum += weights[i + Half];
        }

        return [.. weights.Select(w => w / sum)];
    }
}
