using CsCheck;

namespace Fukami.Tensors.Tests;

public class ReproducibleMathTests
{
    private static readonly double[] Limits = [0, -0.0, double.NaN, double.NegativeInfinity, double.PositiveInfinity, 709, -708, 709.782712893384, -745.2, double.Epsilon];

    [Fact]
    public void Log_agrees_with_the_library_to_the_last_bits() =>
        Gen.Double[1e-300, 1e300].Sample(x => Close(Math.Log(x), ReproducibleMath.Log(x)));

    [Fact]
    public void Exp_agrees_with_the_library_to_the_last_bits() =>
        Gen.Double[-700, 700].Sample(x => Close(Math.Exp(x), ReproducibleMath.Exp(x)));

    [Fact]
    public void Sine_and_cosine_agree_with_the_library() =>
        Gen.Double[-1e6, 1e6].Sample(x =>
        {
            var (sin, cos) = ReproducibleMath.SinCos(x);
            return Math.Abs(sin - Math.Sin(x)) < 1e-14 && Math.Abs(cos - Math.Cos(x)) < 1e-14;
        });

    [Fact]
    public void Limits_are_those_of_the_functions()
    {
        Assert.Equal(double.NegativeInfinity, ReproducibleMath.Log(0));
        Assert.True(double.IsNaN(ReproducibleMath.Log(-1)));
        Assert.Equal(double.PositiveInfinity, ReproducibleMath.Log(double.PositiveInfinity));
        Assert.Equal(0, ReproducibleMath.Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, ReproducibleMath.Exp(1000));
        Assert.True(double.IsNaN(ReproducibleMath.Exp(double.NaN)));
        Assert.Equal(1, ReproducibleMath.Exp(0));
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) <= 4e-15 * Math.Max(1, Math.Abs(expected));

    [Fact]
    public void Exp_of_many_has_the_bits_of_each() =>
        Gen.Frequency((6, Gen.Double[-745, 710]), (2, Gen.Double[-1, 1]), (1, Gen.Double), (1, Gen.Int[0, Limits.Length - 1].Select(i => Limits[i])))
            .Array[0, 40].Sample(x =>
            {
                double[] powers = new double[x.Length], inPlace = [.. x];
                ReproducibleMath.Exp(x, powers);
                ReproducibleMath.Exp(inPlace, inPlace);
                long[] expected = [.. x.Select(ReproducibleMath.Exp).Select(BitConverter.DoubleToInt64Bits)];
                return expected.SequenceEqual(powers.Select(BitConverter.DoubleToInt64Bits)) && expected.SequenceEqual(inPlace.Select(BitConverter.DoubleToInt64Bits));
            });

    [Fact]
    public void Exp_of_many_needs_as_many_places() => Assert.Throws<ArgumentException>(() => ReproducibleMath.Exp(new double[3], new double[2]));
}
