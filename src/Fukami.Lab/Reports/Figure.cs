using System.Globalization;

namespace Fukami.Lab;

/// <summary>A number as a person reads it: three significant digits.</summary>
public static class Figure
{
    /// <summary>An estimate with its interval, for example 0.312 [0.29, 0.33]; a figure that leaves nothing to chance stands alone.</summary>
    public static string Of(Interval interval) => interval.Low == interval.Estimate && interval.High == interval.Estimate
        ? Of(interval.Estimate)
        : $"{Of(interval.Estimate)} [{Of(interval.Low)}, {Of(interval.High)}]";

    /// <summary>The number, for example 0.312, 12.4, 1.2e-7.</summary>
    public static string Of(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "–" : number > 0 ? "∞" : "−∞";
        }

        double size = Math.Abs(number);
        string text = size switch
        {
            0 => "0",
            < 1e-2 or >= 1e5 => size.ToString("0.0e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal),
            < 1 => size.ToString("0.000", CultureInfo.InvariantCulture),
            < 10 => size.ToString("0.00", CultureInfo.InvariantCulture),
            < 100 => size.ToString("0.0", CultureInfo.InvariantCulture),
            _ => size.ToString("0", CultureInfo.InvariantCulture),
        };
        return number < 0 ? "−" + text : text;
    }
}
