namespace Fukami.Lab;

/// <summary>Mean and variance (divided by the number of features, as normalizations do) of a row, and its Euclidean norm, in double precision.</summary>
internal readonly record struct RowStatistics(double Mean, double Variance, double Norm)
{
    /// <summary>Of a row.</summary>
    public static RowStatistics Of(ReadOnlySpan<double> row)
    {
        double sum = 0, squares = 0, deviations = 0;
        foreach (double x in row)
        {
            sum += x;
            squares += x * x;
        }

        double mean = sum / row.Length;
        foreach (double x in row)
        {
            deviations += (x - mean) * (x - mean);
        }

        return new RowStatistics(mean, deviations / row.Length, Math.Sqrt(squares));
    }

    /// <summary>Of a row.</summary>
    public static RowStatistics Of(ReadOnlySpan<float> row)
    {
        var wide = new double[row.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = row[i];
        }

        return Of(wide);
    }
}
