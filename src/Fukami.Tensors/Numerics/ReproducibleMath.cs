using System.Numerics;

namespace Fukami.Tensors;

/// <summary>
/// log, exp, power, sine and cosine in double precision with the same bits on every machine: the runtime's own call the C library,
/// whose last bit differs from one system to the next. Relative error about 10⁻¹⁵ (sine and cosine: absolute, for |x| up to 10⁶).
/// </summary>
public static class ReproducibleMath
{
    private const double LogOf2 = 0.6931471805599453;
    private const double LogOf2High = 0.693147180369123816490;
    private const double LogOf2Low = 1.90821492927058770002e-10;

    // between these e to the x, and 2 to the n within it, are normal numbers
    private const double LowestNormal = -708;
    private const double HighestNormal = 709;

    // π/2 in three parts, the first two short enough that their multiples are exact
    private const double HalfPiHigh = 1.57079632673412561417;
    private const double HalfPiMiddle = 6.07710050630396597660e-11;
    private const double HalfPiLow = 2.02226624879595063154e-21;

    /// <summary>Natural logarithm; −∞ at 0, not a number below it.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        int exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984; // 2⁵⁴
            exponent = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        // log m = 2·artanh((m − 1)/(m + 1))
        double s = (mantissa - 1) / (mantissa + 1);
        double square = s * s;
        double sum = 0;
        for (int k = 21; k >= 3; k -= 2)
        {
            sum = (sum * square) + (1.0 / k);
        }

        return (2 * s) + (2 * s * square * sum) + (exponent * LogOf2);
    }

    /// <summary>eˣ.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x) || x > 709.782712893384 || x < -745.2)
        {
            return double.IsNaN(x) ? x : x > 0 ? double.PositiveInfinity : 0;
        }

        double n = Math.Round(x / LogOf2);
        double r = (x - (n * LogOf2High)) - (n * LogOf2Low);
        double sum = 1;
        for (int k = 14; k >= 1; k--)
        {
            sum = 1 + (r * sum / k);
        }

        return Math.ScaleB(sum, (int)n);
    }

    /// <summary>eˣ of many numbers, with the bits of <see cref="Exp(double)"/>.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="powers">As many places for the results; may be where the numbers are.</param>
    /// <exception cref="ArgumentException">The places are not as many.</exception>
    public static void Exp(ReadOnlySpan<double> x, Span<double> powers)
    {
        if (x.Length != powers.Length)
        {
            throw new ArgumentException($"{x.Length} numbers have as many powers; there are places for {powers.Length}.", nameof(powers));
        }

        int i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var vector = new Vector<double>(x[i..]);
            if (Vector.GreaterThanAll(vector, new Vector<double>(LowestNormal)) && Vector.LessThanAll(vector, new Vector<double>(HighestNormal)))
            {
                ExpOfNormal(vector).CopyTo(powers[i..]);
            }
            else
            {
                ExpEach(x.Slice(i, Vector<double>.Count), powers[i..]);
            }
        }

        ExpEach(x[i..], powers[i..]);
    }

    private static void ExpEach(ReadOnlySpan<double> x, Span<double> powers)
    {
        for (int i = 0; i < x.Length; i++)
        {
            powers[i] = Exp(x[i]);
        }
    }

    // step by step as the single one; 2ⁿ is put together from its bits, of which adding 1.5·2⁵² leaves n in the lowest
    private static Vector<double> ExpOfNormal(Vector<double> x)
    {
        Vector<double> n = Vector.Round(x / new Vector<double>(LogOf2));
        Vector<double> r = (x - (n * new Vector<double>(LogOf2High))) - (n * new Vector<double>(LogOf2Low));
        Vector<double> sum = Vector<double>.One;
        for (int k = 14; k >= 1; k--)
        {
            sum = Vector<double>.One + (r * sum / new Vector<double>(k));
        }

        Vector<long> exponent = Vector.AsVectorInt64(n + new Vector<double>(6755399441055744)) << 52;
        return sum * Vector.AsVectorDouble(exponent + new Vector<long>(1023L << 52));
    }

    /// <summary>xʸ for x &gt; 0.</summary>
    public static double Pow(double x, double y) => Exp(y * Log(x));

    /// <summary>Sine and cosine of an angle in radians.</summary>
    public static (double Sin, double Cos) SinCos(double x)
    {
        double n = Math.Round(x / (Math.PI / 2));
        double r = ((x - (n * HalfPiHigh)) - (n * HalfPiMiddle)) - (n * HalfPiLow);
        double square = r * r;
        double sin = 0;
        double cos = 0;
        for (int k = 8; k >= 1; k--)
        {
            sin = (1 + sin) * -square / ((2 * k) * ((2 * k) + 1));
            cos = (1 + cos) * -square / ((2 * k) * ((2 * k) - 1));
        }

        sin = r + (r * sin);
        cos = 1 + cos;
        return ((long)n & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }
}
