using System.Globalization;

namespace Fukami.Tensors.Tests;

public sealed class ElementaryTests
{
    /// <summary>Below this a float is subnormal or nearly so, and a relative error says nothing.</summary>
    private const double SmallestNormal = 1.1754943508222875e-38;

    [Fact]
    public void Exp_is_within_two_ten_millionths_of_double_precision() =>
        AssertClose<ExpFunction>(Samples(-87.3f, 88.72f), Math.Exp, 2e-7);

    [Fact]
    public void Exp_of_negative_numbers_is_within_two_ten_millionths_of_double_precision() =>
        AssertClose<ExpOfNegativeFunction>(Samples(-87.3f, 0), Math.Exp, 2e-7);

    [Fact]
    public void Exp_is_zero_far_below_and_infinite_far_above()
    {
        float[] results = Evaluate<ExpFunction, Lane1>([-88, -1000, float.NegativeInfinity, 89, 1000, float.PositiveInfinity]);
        Assert.Equal([0, 0, 0, float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity], results);
    }

    [Fact]
    public void Log_is_within_two_ten_millionths_of_double_precision() =>
        AssertClose<LogFunction>(Samples(1.1754944e-38f, float.MaxValue), Math.Log, 2e-7);

    [Fact]
    public void Log_close_to_one_keeps_its_relative_precision() =>
        AssertClose<LogFunction>([.. Enumerable.Range(-20000, 40001).Select(i => 1f + (i * 1.1920929e-7f))], Math.Log, 2e-7);

    [Fact]
    public void Log_of_zero_is_minus_infinity_and_of_a_negative_number_no_number()
    {
        float[] results = Evaluate<LogFunction, Lane1>([0, -1, float.PositiveInfinity]);
        Assert.Equal([float.NegativeInfinity, float.NaN, float.PositiveInfinity], results);
    }

    [Fact]
    public void Tanh_is_within_three_ten_millionths_of_double_precision() =>
        AssertClose<TanhFunction>(Samples(float.MinValue, float.MaxValue), Math.Tanh, 3e-7);

    [Fact]
    public void Erf_is_within_three_ten_millionths_of_double_precision() =>
        AssertClose<ErfFunction>(Samples(float.MinValue, float.MaxValue), ErrorFunction.Erf, 3e-7);

    [Fact]
    public void Sigmoid_is_within_three_ten_millionths_of_double_precision() =>
        AssertClose<SigmoidFunction>(Samples(-87.3f, float.MaxValue), x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)), 3e-7);

    // x²/2 is rounded before the exponential: its rounding, up to 4·10⁻⁶ at x = 13, is the result's relative error
    [Fact]
    public void Normal_distribution_keeps_its_relative_precision_far_into_the_tail() =>
        AssertClose<DistributionFunction>(Samples(-13f, 13f), ErrorFunction.NormalDistribution, 1e-5);

    [Fact]
    public void Normal_distribution_is_within_half_a_millionth_of_double_precision_near_the_centre() =>
        AssertClose<DistributionFunction>(Samples(-1f, 13f), ErrorFunction.NormalDistribution, 5e-7);

    [Fact]
    public void Normal_density_agrees_with_double_precision() =>
        AssertClose<DensityFunction>(Samples(-13f, 13f), ErrorFunction.NormalDensity, 1e-5);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Activations_and_their_derivatives_agree_with_double_precision(int activation)
    {
        // of |x| or 1, since a derivative passes through zero
        float[] xs = Samples(-20f, 20f);
        switch (activation)
        {
            case 0:
                AssertClose<ValueOf<GeluFunction>>(xs, x => x * ErrorFunction.NormalDistribution(x), 5e-7, x => Math.Abs(x));
                AssertClose<DerivativeOf<GeluFunction>>(xs, x => ErrorFunction.NormalDistribution(x) + (x * ErrorFunction.NormalDensity(x)), 5e-7, _ => 1);
                break;
            case 1:
                AssertClose<ValueOf<GeluTanhFunction>>(xs, x => 0.5 * x * (1 + Math.Tanh(Inner(x))), 5e-7, x => Math.Abs(x));
                AssertClose<DerivativeOf<GeluTanhFunction>>(xs, GeluTanhDerivative, 1e-6, _ => 1);
                break;
            case 2:
                AssertClose<ValueOf<SiluFunction>>(xs, x => x / (1 + Math.Exp(-x)), 5e-7, x => Math.Abs(x));
                AssertClose<DerivativeOf<SiluFunction>>(xs, x => (1 + (x * (1 - (1 / (1 + Math.Exp(-x)))))) / (1 + Math.Exp(-x)), 1e-6, _ => 1);
                break;
            default:
                AssertClose<ValueOf<ReluFunction>>(xs, x => Math.Max(x, 0), 0, x => Math.Abs(x));
                AssertClose<DerivativeOf<ReluFunction>>(xs, x => x > 0 ? 1 : 0, 0, _ => 1);
                break;
        }

        static double Inner(double x) => Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));
        static double GeluTanhDerivative(double x)
        {
            double tanh = Math.Tanh(Inner(x));
            return (0.5 * (1 + tanh)) + (0.5 * x * (1 - (tanh * tanh)) * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x)));
        }
    }

    [Fact]
    public void Not_a_number_stays_not_a_number()
    {
        Assert.All(Evaluate<ExpFunction, Lanes4>([float.NaN, -float.NaN]), result => Assert.True(float.IsNaN(result)));
        Assert.All(Evaluate<LogFunction, Lanes4>([float.NaN, -float.NaN]), result => Assert.True(float.IsNaN(result)));
        Assert.All(Evaluate<TanhFunction, Lanes4>([float.NaN, -float.NaN]), result => Assert.True(float.IsNaN(result)));
        Assert.All(Evaluate<ErfFunction, Lanes4>([float.NaN, -float.NaN]), result => Assert.True(float.IsNaN(result)));
        Assert.All(Evaluate<SigmoidFunction, Lanes4>([float.NaN, -float.NaN]), result => Assert.True(float.IsNaN(result)));
    }

    /// <summary>Every function gives the same bits at every width, at all the samples.</summary>
    private static void AssertClose<TFunction>(float[] xs, Func<double, double> exact, double bound, Func<double, double>? unit = null)
        where TFunction : struct, IElementaryFunction
    {
        float[] results = Evaluate<TFunction, Lane1>(xs);
        AssertSameBits(xs, results, Evaluate<TFunction, Lanes4>(xs), "128");
        AssertSameBits(xs, results, Evaluate<TFunction, Lanes8>(xs), "256");
        AssertSameBits(xs, results, Evaluate<TFunction, Lanes16>(xs), "512");

        double worst = 0;
        float worstAt = 0;
        for (int i = 0; i < xs.Length; i++)
        {
            double expected = exact(xs[i]);
            double scale = unit is null ? Math.Abs(expected) : Math.Max(unit(xs[i]), 1e-30);
            double error = Math.Abs(results[i] - expected);
            if (double.IsNaN(error) || (error > SmallestNormal && error / scale > worst))
            {
                (worst, worstAt) = (double.IsNaN(error) ? double.PositiveInfinity : error / scale, xs[i]);
            }
        }

        Assert.True(worst <= bound, string.Create(CultureInfo.InvariantCulture, $"{typeof(TFunction).Name}: the relative error at {worstAt:r} is {worst:g3}; allowed is {bound:g3}."));
    }

    private static void AssertSameBits(float[] xs, float[] expected, float[] actual, string bits)
    {
        for (int i = 0; i < xs.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"At {xs[i]:r} vectors of {bits} bits give {actual[i]:r} and one number alone {expected[i]:r}."));
            }
        }
    }

    /// <summary>About a hundred thousand numbers of [low, high], evenly among the representable ones, and the ends.</summary>
    private static float[] Samples(float low, float high)
    {
        long first = Order(low);
        long last = Order(high);
        long step = Math.Max(1, (last - first) / 99991);
        var samples = new List<float>();
        for (long i = first; i < last; i += step)
        {
            samples.Add(FromOrder(i));
        }

        samples.Add(high);
        return [.. samples];

        // floats in their order as whole numbers
        static long Order(float x) => BitConverter.SingleToInt32Bits(x) is var bits && bits >= 0 ? bits : -(long)(bits & 0x7FFFFFFF);
        static float FromOrder(long order) => order >= 0 ? BitConverter.Int32BitsToSingle((int)order) : -BitConverter.Int32BitsToSingle((int)-order);
    }

    private static unsafe float[] Evaluate<TFunction, V>(float[] xs)
        where TFunction : struct, IElementaryFunction
        where V : struct, IVector<V>
    {
        // padded with ones to whole vectors
        float[] inputs = [.. xs, .. Enumerable.Repeat(1f, V.Count)];
        float[] results = new float[inputs.Length];
        fixed (float* source = inputs, destination = results)
        {
            for (int i = 0; i + V.Count <= inputs.Length; i += V.Count)
            {
                V.Store(TFunction.Of(V.Load(source + i)), destination + i);
            }
        }

        return results[..xs.Length];
    }
}
