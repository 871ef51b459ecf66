using System.Globalization;
using Fukami.Lab;

namespace Fukami.Web.Components.Reports;

/// <summary>Series in words, for whoever hears a chart instead of seeing it.</summary>
internal static class SeriesText
{
    /// <summary>A quantity with its unit.</summary>
    public static string Named(Quantity quantity, Language language) =>
        quantity.Unit.Length == 0 ? quantity.Label.In(language) : $"{quantity.Label.In(language)} [{quantity.Unit}]";

    /// <summary>The name of a series, which says whether it is a prediction.</summary>
    public static string Name(Series series, Language language) =>
        series.IsPrediction ? new LocalizedText($"{series.Name} (predicted)", $"{series.Name}（予測）").In(language) : series.Name;

    /// <summary>A place on the x axis.</summary>
    public static string Place(double x) => x.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Where a series begins and ends, and where it is largest and smallest if that is in between.</summary>
    public static string Summary(Series series, Language language)
    {
        int count = series.X.Count;
        if (count == 0)
        {
            return "";
        }

        string along = series.XQuantity.Label.In(language), name = Name(series, language);
        (string from, string first) = (Place(series.X[0]), Figure.Of(series.Y[0]));
        if (count == 1)
        {
            return new LocalizedText($"{name}: {first} at {along} {from}.", $"{name}: {along} {from} で {first}。").In(language);
        }

        string summary = new LocalizedText(
            $"{name}: {first} at {along} {from}, {Figure.Of(series.Y[^1])} at {Place(series.X[^1])}",
            $"{name}: {along} {from} で {first}、{Place(series.X[^1])} で {Figure.Of(series.Y[^1])}").In(language);
        int[] places = [.. Enumerable.Range(0, count).Where(i => double.IsFinite(series.Y[i])).OrderBy(i => series.Y[i])];
        if (places.Length > 0)
        {
            summary += Between(places[^1], "; largest", "、最大は") + Between(places[0], "; smallest", "、最小は");
        }

        return summary + new LocalizedText(".", "。").In(language);

        string Between(int at, string english, string japanese) => at == 0 || at == count - 1
            ? ""
            : new LocalizedText($"{english} {Figure.Of(series.Y[at])} at {Place(series.X[at])}", $"{japanese} {Place(series.X[at])} で {Figure.Of(series.Y[at])}").In(language);
    }
}
