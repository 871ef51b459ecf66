namespace Fukami.Lab;

/// <summary>
/// A median and an interval for it from the samples' order alone, whatever their distribution: the k-th smallest to the k-th largest sample,
/// k the largest with P(Binomial(n, ½) &lt; k) ≤ 2.5 %. A few samples that were disturbed do not move it. (The sign test's interval)
/// </summary>
internal static class MedianInterval
{
    /// <summary>The median of samples with its interval of at least 95 %; without ends where there are fewer than 6.</summary>
    public static Interval Of(ReadOnlySpan<double> samples)
    {
        double[] sorted = samples.ToArray();
        Array.Sort(sorted);
        int n = sorted.Length;
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        int rank = Rank(n);
        return rank == 0
            ? new Interval(median, double.NegativeInfinity, double.PositiveInfinity)
            : new Interval(median, sorted[rank - 1], sorted[n - rank]);
    }

    /// <summary>k: 0 where even the smallest and the largest sample are too near.</summary>
    private static int Rank(int n)
    {
        double probability = 1; // of k − 1 heads in n throws
        for (int i = 0; i < n; i++)
        {
            probability /= 2;
        }

        int rank = 0;
        for (double below = probability; below <= 0.025; below += probability)
        {
            rank++;
            probability *= (n - rank + 1) / (double)rank;
        }

        return rank;
    }
}
