using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>A setting that is on or off.</summary>
/// <param name="name">In snake_case.</param>
/// <param name="get">Reads it.</param>
/// <param name="with">Changes it.</param>
/// <param name="explanation">One line.</param>
public sealed class SwitchSetting<TSettings>(string name, Func<TSettings, bool> get, Func<TSettings, bool, TSettings> with, Bilingual explanation)
    : Setting<TSettings>(name, explanation)
{
    /// <inheritdoc/>
    public override string Allowed => "true or false";

    /// <inheritdoc/>
    public override string Show(TSettings settings) => get(settings) ? "true" : "false";

    /// <inheritdoc/>
    public override TSettings With(TSettings settings, string value) =>
        bool.TryParse(value, out bool on) ? with(settings, on) : throw Refused(value);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TSettings settings) => writer.WriteBoolean(Name, get(settings));

    /// <inheritdoc/>
    protected override bool HasKind(JsonValueKind kind) => kind is JsonValueKind.True or JsonValueKind.False;
}
