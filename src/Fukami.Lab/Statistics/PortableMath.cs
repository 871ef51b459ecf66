namespace Fukami.Lab;

/// <summary>
/// Logarithm and exponential from additions, multiplications and divisions alone, so that a report's figures have the same bits on every machine:
/// the C library's differ in the last bit from one system to the next. Within 2 units in the last place.
/// </summary>
public static class PortableMath
{
    // ln 2 in two parts: the first has 21 trailing zero bits, so that an exponent times it is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Natural logarithm; −∞ at zero, NaN below.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        // x = m·2^e with m in [√½, √2); ln m = 2·artanh(s), s = (m − 1)/(m + 1), |s| ≤ 0.1716
        int e = Math.ILogB(x);
        double m = Math.ScaleB(x, -e);
        if (m > 1.4142135623730951)
        {
            m /= 2;
            e++;
        }

        double s = (m - 1) / (m + 1);
        double square = s * s;
        double sum = 0;
        for (int n = 25; n >= 3; n -= 2)
        {
            sum = (sum + (1.0 / n)) * square;
        }

        return (e * Ln2High) + ((2 * s) + ((2 * s * sum) + (e * Ln2Low)));
    }

    /// <summary>eˣ; infinity above 709.78, zero below −745.13.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x) || x > 709.79 || x < -745.14)
        {
            return double.IsNaN(x) ? double.NaN : x > 0 ? double.PositiveInfinity : 0;
        }

        // x = k·ln 2 + r, |r| ≤ ½ ln 2
        double k = Math.Floor((x / (Ln2High + Ln2Low)) + 0.5);
        double r = x - (k * Ln2High) - (k * Ln2Low);
        double sum = 0;
        for (int n = 14; n >= 1; n--)
        {
            sum = (1 + sum) * r / n;
        }

        return Math.ScaleB(1 + sum, (int)k);
    }
}
