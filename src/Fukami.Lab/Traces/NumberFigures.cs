namespace Fukami.Lab;

/// <summary>Many numbers in few.</summary>
/// <param name="Count">How many, those left out included.</param>
/// <param name="Hidden">How many are −∞ and left out of the rest.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Variance">The mean squared distance from the mean.</param>
/// <param name="Norm">The Euclidean norm.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
public sealed record NumberFigures(long Count, long Hidden, double Mean, double Variance, double Norm, double Minimum, double Maximum)
{
    /// <summary>The figures of some numbers.</summary>
    public static NumberFigures Of(ReadOnlySpan<float> numbers)
    {
        double sum = 0, squares = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        long hidden = 0;
        foreach (float number in numbers)
        {
            if (float.IsNegativeInfinity(number))
            {
                hidden++;
                continue;
            }

            sum += number;
            squares += (double)number * number;
            minimum = Math.Min(minimum, number);
            maximum = Math.Max(maximum, number);
        }

        long shown = numbers.Length - hidden;
        double mean = sum / shown, deviations = 0;
        foreach (float number in numbers)
        {
            deviations += float.IsNegativeInfinity(number) ? 0 : (number - mean) * (number - mean);
        }

        return shown == 0
            ? new(numbers.Length, hidden, double.NaN, double.NaN, 0, double.NaN, double.NaN)
            : new(numbers.Length, hidden, mean, deviations / shown, Math.Sqrt(squares), minimum, maximum);
    }

    /// <summary>The Euclidean norm of some numbers.</summary>
    public static double NormOf(ReadOnlySpan<float> numbers)
    {
        double squares = 0;
        foreach (float number in numbers)
        {
            squares += (double)number * number;
        }

        return Math.Sqrt(squares);
    }
}
