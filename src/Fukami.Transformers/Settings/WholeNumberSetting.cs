using System.Globalization;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>A setting that is a whole number within bounds.</summary>
/// <param name="name">In snake_case.</param>
/// <param name="least">The least number allowed.</param>
/// <param name="most">The greatest number allowed.</param>
/// <param name="get">Reads it.</param>
/// <param name="with">Changes it.</param>
/// <param name="explanation">One line.</param>
public sealed class WholeNumberSetting<TSettings>(string name, int least, int most, Func<TSettings, int> get, Func<TSettings, int, TSettings> with, Bilingual explanation)
    : Setting<TSettings>(name, explanation)
{
    /// <inheritdoc/>
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    /// <inheritdoc/>
    public override string Show(TSettings settings) => get(settings).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override TSettings With(TSettings settings, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? with(settings, number)
            : throw Refused(value);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TSettings settings) => writer.WriteNumber(Name, get(settings));

    /// <inheritdoc/>
    protected override bool HasKind(JsonValueKind kind) => kind == JsonValueKind.Number;
}
