using Fukami.Lab;

namespace Fukami.Web;

/// <summary>The last reports by experiment and settings, so that a page's figures are saved as they are shown and not measured again. Thread-safe.</summary>
internal sealed class RecentReports
{
    private const int Most = 64;

    private readonly Lock gate = new();
    private readonly LinkedList<(string Key, Report Report)> kept = new();

    /// <summary>The report of these settings, if it is among the last.</summary>
    public Report? Find(Experiment experiment, SettingValues settings)
    {
        string key = RepeatingCommand.Of(experiment, settings);
        lock (gate)
        {
            return kept.FirstOrDefault(entry => string.Equals(entry.Key, key, StringComparison.Ordinal)).Report;
        }
    }

    /// <summary>Keeps a report, unless it was stopped before its end.</summary>
    public void Keep(Report report)
    {
        if (report.Interrupted || report.Partial)
        {
            return;
        }

        string key = RepeatingCommand.Of(report);
        lock (gate)
        {
            if (kept.FirstOrDefault(entry => string.Equals(entry.Key, key, StringComparison.Ordinal)) is { Report: not null } before)
            {
                kept.Remove(before);
            }

            kept.AddFirst((key, report));
            if (kept.Count > Most)
            {
                kept.RemoveLast();
            }
        }
    }
}
