using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fukami.Lab;

/// <summary>
/// A folder with a file for each finished trial of a sweep, named by what was run (experiment, settings, build of the engine), so that
/// an interrupted sweep goes on where it stopped. A file is believed only if its figures have its fingerprint and its settings are those asked for.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class SweepFolder(string path)
{
    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Makes the folder where there is none, and says if nothing could be written there.</summary>
    /// <exception cref="OutputException">It cannot be made or written to.</exception>
    public void Prepare() => OutputFolder.Prepare(Path);

    /// <summary>The file of a trial.</summary>
    public string FileOf(Experiment experiment, SettingValues trial)
    {
        string what = string.Join('\n', Texts(trial).Select(s => $"{s.Name}={s.Value}").Prepend(experiment.Id).Append(EngineVersion.Exact));
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..20];
        return System.IO.Path.Combine(Path, $"{experiment.Id}-{hash}.json");
    }

    /// <summary>The finished trial, null where there is none or its file cannot be trusted: the damage is said then.</summary>
    internal SweepFinding? Read(Experiment experiment, SettingValues trial, out LocalizedText? damage)
    {
        damage = null;
        string file = FileOf(experiment, trial);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
            JsonElement asked = json.RootElement.GetProperty("trial");
            bool same = Texts(trial).All(s => string.Equals(asked.GetProperty(s.Name).GetString(), s.Value, StringComparison.Ordinal));
            Report report = ReportJsonReader.Read(json.RootElement.GetProperty("report"), experiment);
            return same && !report.Interrupted ? new SweepFinding(trial, report, Found: true) : throw new InvalidDataException("The settings are others.");
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            string name = System.IO.Path.GetFileName(file);
            damage = new LocalizedText(
                $"{name} is damaged and is measured again.",
                $"{name} が壊れているため、測り直します。");
            return null;
        }
    }

    /// <summary>Keeps a finished trial.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    internal void Write(SettingValues trial, Report report) => AtomicFile.Write(FileOf(report.Experiment, trial), stream => ReportJson.Write(stream, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("trial");
        foreach ((string name, string value) in Texts(trial))
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteString("engine", EngineVersion.Exact);
        writer.WritePropertyName("report");
        ReportJson.Write(writer, report);
        writer.WriteEndObject();
    }));

    private static IEnumerable<(string Name, string Value)> Texts(SettingValues trial) => trial.Settings.Select(s => (s.Name, trial.Text(s.Name)));
}
