using System.Globalization;
using Fukami.Lab;

namespace Fukami.Web.Components.Text;

/// <summary>How long something takes, as a person says it.</summary>
internal static class DurationText
{
    /// <summary>About so many seconds, in seconds, minutes or hours.</summary>
    public static string Of(double seconds, Language language)
    {
        (double number, LocalizedText unit) = seconds switch
        {
            < 99.5 => (Math.Max(1, seconds), new LocalizedText("s", "秒")),
            < 99.5 * 60 => (seconds / 60, new LocalizedText("min", "分")),
            _ => (seconds / 3600, new LocalizedText("h", "時間")),
        };
        return $"{number.ToString("0", CultureInfo.InvariantCulture)} {unit.In(language)}";
    }
}
