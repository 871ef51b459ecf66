using Fukami.Lab;

namespace Fukami.Web;

/// <summary>Two runs side by side, as an address.</summary>
internal static class LabComparison
{
    /// <summary>The page that compares two runs.</summary>
    public static string Page(LabAddress a, LabAddress b) =>
        $"{LabAddress.Folder}compare{QueryString.Create([KeyValuePair.Create("a", (string?)Name(a)), KeyValuePair.Create("b", (string?)Name(b))])}";

    /// <summary>Reads one of the two.</summary>
    /// <param name="name">An experiment's id, and after a question mark its settings.</param>
    /// <exception cref="LabException">There is no such experiment, or its settings are impossible.</exception>
    public static LabAddress Read(string? name)
    {
        string[] parts = (name ?? "").Split('?', 2);
        Experiment experiment = ExperimentCatalog.Find(parts[0]) ?? throw new SettingException(new LocalizedText(
            $"There is no experiment “{parts[0]}”; choose two of your runs in the lab.", $"「{parts[0]}」という実験はありません。実験室で二つの実行を選んでください。"));
        return LabAddress.Read(experiment, parts.Length > 1 ? parts[1] : "");
    }

    /// <summary>The settings of both, by name, in order; a setting that one of them lacks is empty there.</summary>
    public static IReadOnlyList<(string Name, string A, string B)> Settings(LabAddress a, LabAddress b)
    {
        IEnumerable<string> names = a.Settings.Settings.Concat(b.Settings.Settings).Select(setting => setting.Name).Distinct(StringComparer.Ordinal);
        return [.. names.Select(name => (name, Text(a, name), Text(b, name)))];
    }

    private static string Text(LabAddress address, string name) =>
        address.Settings.Settings.Any(setting => string.Equals(setting.Name, name, StringComparison.Ordinal)) ? address.Settings.Text(name) : "";

    private static string Name(LabAddress address) => address.Experiment.Id + address.Query;
}
