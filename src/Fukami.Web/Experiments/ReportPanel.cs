using Fukami.Lab;

namespace Fukami.Web;

/// <summary>The lines of one chart.</summary>
/// <param name="Series">The lines, all of one quantity.</param>
/// <param name="IsEarlier">Whether they are those of the run before, because the run that goes on has not measured all of them yet.</param>
internal sealed record ReportPanel(IReadOnlyList<Series> Series, bool IsEarlier)
{
    /// <summary>The charts of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="earlier">The whole report before it, of which a chart stays until no line of it is missing.</param>
    public static IReadOnlyList<ReportPanel> Of(Report report, Report? earlier)
    {
        ILookup<string, Series> now = ByQuantity(report), before = ByQuantity(earlier);
        return [.. before.Concat(now).Select(panel => panel.Key).Distinct(StringComparer.Ordinal).Select(quantity =>
            now[quantity].Count() >= before[quantity].Count() ? new ReportPanel([.. now[quantity]], false) : new ReportPanel([.. before[quantity]], true))];
    }

    /// <summary>Whether a report has a whole chart with other figures than the one before it.</summary>
    public static bool HasNews(Report report, Report? earlier)
    {
        ILookup<string, Series> before = ByQuantity(earlier);
        return Of(report, earlier).Any(panel => !panel.IsEarlier && panel.Series.Any(line =>
            !before[line.Quantity.Id].Any(known => known.IsPrediction == line.IsPrediction && string.Equals(known.Name, line.Name, StringComparison.Ordinal) && known.Y.SequenceEqual(line.Y))));
    }

    private static ILookup<string, Series> ByQuantity(Report? report) => (report?.Series ?? []).ToLookup(line => line.Quantity.Id, StringComparer.Ordinal);
}
