using System.Collections;
using System.Text;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>All settings of a record in their order: the one place from which command line, JSON and help take them.</summary>
/// <typeparam name="TSettings">The record.</typeparam>
/// <param name="settings">The settings.</param>
public sealed class SettingsTable<TSettings>(params IReadOnlyList<Setting<TSettings>> settings) : IReadOnlyList<Setting<TSettings>>
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>How many settings there are.</summary>
    public int Count => settings.Count;

    /// <summary>A setting by its place.</summary>
    public Setting<TSettings> this[int index] => settings[index];

    /// <summary>A setting by its name.</summary>
    /// <exception cref="SettingsException">No setting has this name; the message names the nearest one.</exception>
    public Setting<TSettings> this[string name] => settings.FirstOrDefault(setting => string.Equals(setting.Name, name, StringComparison.Ordinal))
        ?? throw new SettingsException($"There is no setting named '{name}'; did you mean '{Nearest(name)}'? The settings are {string.Join(", ", settings.Select(setting => setting.Name))}.");

    /// <summary>The settings with one changed, as <c>--set name=value</c> asks.</summary>
    /// <exception cref="SettingsException">The name is unknown, or the value is not allowed.</exception>
    public TSettings With(TSettings current, string name, string value) => this[name].With(current, value);

    /// <summary>Throws when a value is out of its own bounds.</summary>
    /// <exception cref="SettingsException">It is.</exception>
    public void Check(TSettings current)
    {
        foreach (Setting<TSettings> setting in settings)
        {
            setting.Check(current);
        }
    }

    /// <summary>Writes every setting that does not go without saying as a property of the object that the writer is in.</summary>
    public void Write(Utf8JsonWriter writer, TSettings current)
    {
        foreach (Setting<TSettings> setting in settings)
        {
            if (setting.IsWritten(current))
            {
                setting.Write(writer, current);
            }
        }
    }

    /// <summary>One JSON object, indented.</summary>
    /// <param name="current">The settings.</param>
    /// <param name="marker">A property to write before them, such as <c>model_type</c>, or none.</param>
    public string ToJson(TSettings current, (string Name, string Value)? marker = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartObject();
            if (marker is var (name, value))
            {
                writer.WriteString(name, value);
            }

            Write(writer, current);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The settings of one JSON object; what it does not name stays as in <paramref name="defaults"/>.</summary>
    /// <param name="defaults">What is taken where the object is silent.</param>
    /// <param name="json">The object.</param>
    /// <param name="marker">A property that must have this value if it is there, or none.</param>
    /// <exception cref="SettingsException">It is no JSON object, names an unknown or doubled setting, or gives a value that is not allowed.</exception>
    public TSettings FromJson(TSettings defaults, string json, (string Name, string Value)? marker = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return FromJson(defaults, document.RootElement, marker);
        }
        catch (JsonException error)
        {
            throw new SettingsException($"The settings are not well-formed JSON: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Setting<TSettings>> GetEnumerator() => settings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private TSettings FromJson(TSettings current, JsonElement root, (string Name, string Value)? marker)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new SettingsException($"The settings must be a JSON object; {root.ValueKind} was given.");
        }

        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (marker is var (name, value) && property.NameEquals(name))
            {
                current = property.Value.ValueKind == JsonValueKind.String && property.Value.ValueEquals(value)
                    ? current
                    : throw new SettingsException($"{name} is {property.Value.GetRawText()}; only \"{value}\" can be read.");
                continue;
            }

            current = this[property.Name].With(current, property.Value);
        }

        return current;
    }

    private string Nearest(string name) => settings.MinBy(setting => EditDistance.Of(setting.Name, name))?.Name ?? "";
}
