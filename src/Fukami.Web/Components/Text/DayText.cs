using System.Globalization;
using Fukami.Lab;

namespace Fukami.Web.Components.Text;

/// <summary>A day, as a person says it.</summary>
internal static class DayText
{
    /// <summary>The day in the reader's language: 29 November 2026.</summary>
    public static string Of(DateTimeOffset day, Language language) => day.ToString(language == Language.Japanese ? "yyyy年M月d日" : "d MMMM yyyy", CultureInfo.InvariantCulture);
}
