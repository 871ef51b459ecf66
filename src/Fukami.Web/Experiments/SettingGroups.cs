using Fukami.Lab;

namespace Fukami.Web;

/// <summary>An experiment's settings as a page shows them: the few that matter first, those that repeat it last.</summary>
/// <param name="First">What the presets change, and what the experiment names first.</param>
/// <param name="Others">The rest, folded.</param>
/// <param name="Repetition">How often, and from which seed.</param>
internal sealed record SettingGroups(IReadOnlyList<Setting> First, IReadOnlyList<Setting> Others, IReadOnlyList<Setting> Repetition)
{
    private const int Fewest = 3;
    private const int Most = 6;

    /// <summary>The groups of an experiment's settings, each in the experiment's order.</summary>
    public static SettingGroups Of(Experiment experiment)
    {
        Setting[] repetition = [.. experiment.Settings.Where(setting => setting.Name is "seeds" or "seed")];
        Setting[] all = [.. experiment.Settings.Except(repetition)];
        var changed = experiment.Presets.SelectMany(preset => preset.Assignments).Select(assignment => assignment.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        var first = all.Take(Fewest).Concat(all.Skip(Fewest).Where(setting => changed.Contains(setting.Name))).Take(Most).ToHashSet();
        return new SettingGroups([.. all.Where(first.Contains)], [.. all.Where(setting => !first.Contains(setting))], repetition);
    }
}
