using System.Globalization;

namespace Fukami.Lab;

/// <summary>A report's series as CSV (RFC 4180): one row a point, ready for a data frame.</summary>
public static class ReportCsv
{
    /// <summary>Writes a header and all points of all series.</summary>
    public static void Write(Report report, TextWriter writer)
    {
        writer.Write("series,kind,quantity,unit,x_quantity,x,y,low,high\r\n");
        foreach (Series series in report.Series)
        {
            string start = $"{Field(series.Name)},{(series.IsPrediction ? "predicted" : "measured")},{Field(series.Quantity.Id)},{Field(series.Quantity.Unit)},{Field(series.XQuantity.Id)}";
            for (int i = 0; i < series.X.Count; i++)
            {
                writer.Write($"{start},{Number(series.X[i])},{Number(series.Y[i])},{Number(series.Low[i])},{Number(series.High[i])}\r\n");
            }
        }
    }

    // "NaN", "Infinity" and "-Infinity" are what the invariant culture writes
    internal static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    internal static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
