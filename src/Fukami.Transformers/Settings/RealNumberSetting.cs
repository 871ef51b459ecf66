using System.Globalization;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>A setting that is a real number within bounds.</summary>
/// <param name="name">In snake_case.</param>
/// <param name="least">The least number allowed.</param>
/// <param name="most">The greatest number allowed, or the first that is not if <paramref name="below"/>.</param>
/// <param name="below">Whether the number must stay below <paramref name="most"/>.</param>
/// <param name="get">Reads it.</param>
/// <param name="with">Changes it.</param>
/// <param name="explanation">One line.</param>
public sealed class RealNumberSetting<TSettings>(string name, float least, float most, bool below, Func<TSettings, float> get, Func<TSettings, float, TSettings> with, Bilingual explanation)
    : Setting<TSettings>(name, explanation)
{
    /// <inheritdoc/>
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"a number from {least} {(below ? "to below" : "to")} {most}");

    /// <inheritdoc/>
    public override string Show(TSettings settings) => get(settings).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override TSettings With(TSettings settings, string value) =>
        float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && number >= least && (below ? number < most : number <= most)
            ? with(settings, number)
            : throw Refused(value);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TSettings settings) => writer.WriteNumber(Name, get(settings));

    /// <inheritdoc/>
    protected override bool HasKind(JsonValueKind kind) => kind == JsonValueKind.Number;
}
