namespace Fukami.Lab;

/// <summary>The straight line y = intercept + slope·x that lies closest in the sense of least squares.</summary>
/// <param name="Slope">Change of y for one of x.</param>
/// <param name="Intercept">y at x = 0.</param>
/// <param name="Determination">R²: the share of y's variance that the line explains, 0 to 1; NaN when y does not vary.</param>
/// <param name="Points">How many points the line was fitted to.</param>
public readonly record struct LineFit(double Slope, double Intercept, double Determination, int Points)
{
    /// <summary>Fits a line. Points where y is not finite are left out; with fewer than two left, all figures are NaN.</summary>
    public static LineFit Through(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double n = 0, sumX = 0, sumY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(y[i]))
            {
                n++;
                sumX += x[i];
                sumY += y[i];
            }
        }

        if (n < 2)
        {
            return new LineFit(double.NaN, double.NaN, double.NaN, (int)n);
        }

        double meanX = sumX / n, meanY = sumY / n;
        double xx = 0, xy = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(y[i]))
            {
                xx += (x[i] - meanX) * (x[i] - meanX);
                xy += (x[i] - meanX) * (y[i] - meanY);
                yy += (y[i] - meanY) * (y[i] - meanY);
            }
        }

        double slope = xy / xx;
        return new LineFit(slope, meanY - (slope * meanX), slope * xy / yy, (int)n);
    }
}
