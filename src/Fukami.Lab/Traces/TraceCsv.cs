using System.Globalization;

namespace Fukami.Lab;

/// <summary>The points of a trace as CSV (RFC 4180): one row a point, ready for a data frame.</summary>
public static class TraceCsv
{
    /// <summary>Writes a header and a row for every point. Gradient columns are empty where there is no gradient.</summary>
    public static void Write(TraceReport report, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("point,shape,count,hidden,mean,variance,norm,minimum,maximum,gradient_mean,gradient_variance,gradient_norm,gradient_minimum,gradient_maximum\r\n");
        foreach (PointFigures point in report.Points)
        {
            string gradient = point.Gradient is { } g ? Numbers(g) : ",,,,";
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{ReportCsv.Field(point.Name)},{string.Join('x', point.Shape)},{point.Value.Count},{point.Value.Hidden},{Numbers(point.Value)},{gradient}\r\n"));
        }
    }

    private static string Numbers(NumberFigures figures) => string.Join(',', ((double[])
        [figures.Mean, figures.Variance, figures.Norm, figures.Minimum, figures.Maximum]).Select(ReportCsv.Number));
}
