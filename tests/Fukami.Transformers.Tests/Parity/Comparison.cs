using System.Globalization;

namespace Fukami.Transformers.Tests;

/// <summary>
/// Collects where results leave the reference, so that one failing test names every failing combination with its worst figures.
/// docs/parity.md explains the bounds.
/// </summary>
internal sealed class Comparison
{
    /// <summary>Relative norm of a forward value's error.</summary>
    private const double ForwardBound = 1e-5;

    /// <summary>Relative norm of a gradient's error.</summary>
    private const double GradientBound = 1e-4;

    /// <summary>
    /// Of the whole model's gradient: what rounding alone leaves in a gradient whose terms cancel. A relative bound by itself would ask
    /// for digits that float32 does not have where the sum is small beside its terms (one scalar summed over all numbers of a tensor).
    /// </summary>
    private const double RoundingFloor = 1e-7;

    /// <summary>
    /// Of the whole model's gradient: a gradient below this in float64 is exactly zero in theory (a bias in front of batch normalization,
    /// a key's bias in a softmax), so that no relative bound exists; its terms of float32 must cancel to <see cref="ZeroBound"/>.
    /// </summary>
    private const double ZeroInTheory = 1e-10;

    private const double ZeroBound = 1e-6;

    private readonly List<string> failures = [];

    private readonly SortedDictionary<string, double> worst = new(StringComparer.Ordinal);

    private int figures;

    public void Forward(string what, ReadOnlySpan<float> actual, double[] expected) =>
        Value(what, actual, expected, ForwardBound, "forward");

    /// <summary>A running statistic; power normalization's ν is made of gradients, and bounded like them.</summary>
    public void Statistic(string what, ReadOnlySpan<float> actual, ReadOnlySpan<double> expected)
    {
        bool ofGradients = what.EndsWith("running_gradient", StringComparison.Ordinal);
        Value(what, actual, expected, ofGradients ? GradientBound : ForwardBound, ofGradients ? "running gradient" : "running statistic");
    }

    /// <summary>A gradient in full, beside the norm of the whole model's gradient.</summary>
    public void Gradient(string what, ReadOnlySpan<float> actual, double[] expected, double wholeNorm)
    {
        figures++;
        if (actual.Length != expected.Length)
        {
            Fail($"{what} has {actual.Length} numbers; the reference has {expected.Length}");
            return;
        }

        double error = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            error += Square(actual[i] - expected[i]);
        }

        Judge(what, Math.Sqrt(error), Norm(expected), wholeNorm);
    }

    /// <summary>
    /// A gradient by its products with eight vectors of signs: their mean square error estimates that of the gradient itself without bias,
    /// since the signs are independent, and misses an error of ten times the bound about once in 10⁸.
    /// </summary>
    /// <param name="what">What is compared.</param>
    /// <param name="parameter">The name that gives the signs.</param>
    /// <param name="actual">The gradient.</param>
    /// <param name="expected">The reference's norm, then its eight products.</param>
    /// <param name="wholeNorm">The norm of the whole model's gradient.</param>
    public void GradientBySigns(string what, string parameter, ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double wholeNorm)
    {
        figures++;
        double error = 0;
        for (int k = 0; k < 8; k++)
        {
            error += Square(Formula.SignedSum(parameter, actual, k) - expected[1 + k]);
        }

        Judge(what, Math.Sqrt(error / 8), expected[0], wholeNorm);
    }

    public void Fail(string sentence) => failures.Add(sentence);

    /// <summary>Fails with the failures collected; writes the largest errors to the test's output in any case.</summary>
    public void AssertNone()
    {
        string largest = string.Join(", ", worst.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value:e1}")));
        TestContext.Current.TestOutputHelper?.WriteLine($"{figures} figures; largest relative errors: {largest}");
        if (failures.Count > 0)
        {
            Assert.Fail($"{failures.Count} of {figures} figures leave the reference:\n" + string.Join('\n', failures.Take(40)) + (failures.Count > 40 ? "\n…" : ""));
        }
    }

    public static double Norm(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double number in numbers)
        {
            sum += number * number;
        }

        return Math.Sqrt(sum);
    }

    private void Judge(string what, double error, double norm, double wholeNorm)
    {
        bool zero = norm <= ZeroInTheory * wholeNorm;
        double bound = zero ? ZeroBound * wholeNorm : (GradientBound * norm) + (RoundingFloor * wholeNorm);
        string kind = zero ? "zero gradient" : norm > 0.01 * wholeNorm ? "gradient over a hundredth of the whole" : "smaller gradient";
        Note(kind, zero ? error / wholeNorm : error / norm);
        if (!(error <= bound))
        {
            Fail(string.Create(CultureInfo.InvariantCulture, $"{what}: the error's norm is {error:g3}, the gradient's {norm:g3}, the whole model's {wholeNorm:g3}"));
        }
    }

    private void Value(string what, ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double bound, string kind)
    {
        figures++;
        if (actual.Length != expected.Length)
        {
            Fail($"{what} has {actual.Length} numbers; the reference has {expected.Length}");
            return;
        }

        double error = 0;
        double norm = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            // what a query may not see is −∞ in both
            if (!double.IsNegativeInfinity(expected[i]) || !float.IsNegativeInfinity(actual[i]))
            {
                error += Square(actual[i] - expected[i]);
                norm += Square(expected[i]);
            }
        }

        double relative = error == 0 ? 0 : Math.Sqrt(error / norm);
        Note(kind, relative);
        if (!(relative <= bound))
        {
            Fail(string.Create(CultureInfo.InvariantCulture, $"{what}: relative error {relative:g3} (allowed {bound:g3}); first numbers {Head(actual)} beside {Head(expected)}"));
        }
    }

    private static string Head<T>(ReadOnlySpan<T> numbers)
        where T : IFormattable => string.Join(' ', numbers[..Math.Min(4, numbers.Length)].ToArray().Select(number => number.ToString("g5", CultureInfo.InvariantCulture)));

    private void Note(string kind, double relative) => worst[kind] = Math.Max(worst.GetValueOrDefault(kind), relative);

    private static double Square(double x) => x * x;
}
