using Fukami.Lab;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Fukami.Web;

/// <summary>An experiment with settings as an address, and back: whoever opens it has the same settings, and so the same fingerprint.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Settings">A value for every setting.</param>
/// <param name="Preset">The preset that the settings begin from; none for the defaults.</param>
internal sealed record LabAddress(Experiment Experiment, SettingValues Settings, Preset? Preset = null)
{
    private const string PresetName = "preset";
    private const int LongestQuery = 8000;

    /// <summary>What the address of an experiment's page begins with.</summary>
    public const string Folder = "lab/";

    /// <summary>The experiment's page, with everything that differs from the defaults, or from the preset's settings, after the question mark.</summary>
    public string Page => $"{Folder}{Experiment.Id}{Query}";

    /// <summary>A file of the report.</summary>
    /// <param name="kind">For example <c>csv</c>.</param>
    public string File(string kind) => $"{Folder}{Experiment.Id}/report.{kind}{Query}";

    /// <summary>The part after the question mark, with it; empty for the defaults.</summary>
    public string Query => QueryString.Create(Assignments.Select(given => KeyValuePair.Create(given.Name, (string?)given.Value))).ToString();

    /// <summary>The settings that differ from the defaults, by name.</summary>
    public IReadOnlyDictionary<string, string> Changes => Differences(Experiment.Defaults).ToDictionary(given => given.Name, given => given.Value, StringComparer.Ordinal);

    private IEnumerable<(string Name, string Value)> Assignments => Preset is null
        ? Differences(Experiment.Defaults)
        : Differences(Experiment.Defaults.With(Preset.Assignments)).Prepend((PresetName, Preset.Id));

    /// <summary>Reads an address. Nothing of what it holds is trusted.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="query">The part after the question mark, with or without it.</param>
    /// <exception cref="LabException">It names a setting, a value or a preset that does not exist, or settings that contradict each other.</exception>
    public static LabAddress Read(Experiment experiment, string query)
    {
        if (query.Length > LongestQuery)
        {
            throw new SettingException(new LocalizedText(
                $"The address is {query.Length} characters long, and at most {LongestQuery} are read.", $"アドレスが {query.Length} 文字あります。読めるのは {LongestQuery} 文字までです。"));
        }

        Dictionary<string, StringValues> given = QueryHelpers.ParseQuery(query);
        Preset? preset = given.Remove(PresetName, out StringValues id) ? experiment.Preset(id.ToString()) : null;
        SettingValues settings = experiment.Defaults.With(preset?.Assignments ?? []);
        foreach ((string name, StringValues value) in given)
        {
            settings = settings.With(name, value[^1] ?? "");
        }

        experiment.Check(settings);
        return new LabAddress(experiment, settings, preset);
    }

    /// <summary>Whether an address leads to where somebody is, however it is written.</summary>
    public static bool IsSame(LabAddress here, string query)
    {
        try
        {
            return string.Equals(Read(here.Experiment, query).Query, here.Query, StringComparison.Ordinal);
        }
        catch (LabException)
        {
            return false;
        }
    }

    private IEnumerable<(string Name, string Value)> Differences(SettingValues from) => Settings.Settings
        .Select(setting => (setting.Name, Value: Settings.Text(setting.Name)))
        .Where(given => !string.Equals(given.Value, from.Text(given.Name), StringComparison.Ordinal));
}
