namespace Fukami.Web.Tests;

/// <summary>How far times that were measured one after the other, or of many learners at once, lie apart.</summary>
/// <param name="times">The times, in one unit.</param>
internal readonly struct Spread(IEnumerable<double> times)
{
    private readonly double[] sorted = [.. times.Order()];

    /// <summary>Half of the times are not longer.</summary>
    public double Median => sorted[sorted.Length / 2];

    /// <summary>95 % of the times are not longer.</summary>
    public double Percentile95 => sorted[(int)Math.Ceiling(0.95 * sorted.Length) - 1];

    /// <summary>The longest time.</summary>
    public double Longest => sorted[^1];
}
