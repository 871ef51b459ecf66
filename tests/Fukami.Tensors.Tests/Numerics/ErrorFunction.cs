namespace Fukami.Tensors.Tests;

/// <summary>The error function in double precision, which the framework does not have: its series, and its continued fraction far out.</summary>
internal static class ErrorFunction
{
    public static double Erf(double x) => Math.Abs(x) < 2 ? Series(x) : Math.Sign(x) * (1 - ComplementOfLarge(Math.Abs(x)));

    public static double NormalDensity(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    public static double NormalDistribution(double x) => 0.5 * Complement(-x / Math.Sqrt(2));

    private static double Complement(double x) => x switch
    {
        < -2 => 2 - ComplementOfLarge(-x),
        < 2 => 1 - Series(x),
        _ => ComplementOfLarge(x),
    };

    // erf x = 2/√π · e^(−x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms of one sign
    private static double Series(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n < 80; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // erfc x = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))), from the inside out
    private static double ComplementOfLarge(double x)
    {
        if (x > 27)
        {
            return 0;
        }

        double fraction = x;
        for (int n = 200; n >= 1; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
