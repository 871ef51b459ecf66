namespace Fukami.Lab;

/// <summary>How far one output lies from another.</summary>
internal static class Change
{
    /// <summary>‖a − b‖/‖b‖. Zero only where every number is the same.</summary>
    public static double Relative(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double difference = 0, whole = 0;
        for (int i = 0; i < b.Length; i++)
        {
            double d = (double)a[i] - b[i];
            difference += d * d;
            whole += (double)b[i] * b[i];
        }

        return difference == 0 ? 0 : Math.Sqrt(difference / whole);
    }

    /// <summary>The root mean square of several such figures: 0 only if all are.</summary>
    public static double RootMeanSquare(IReadOnlyCollection<double> figures) => Math.Sqrt(figures.Sum(f => f * f) / figures.Count);
}
