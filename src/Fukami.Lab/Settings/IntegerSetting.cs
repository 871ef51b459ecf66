using System.Globalization;
using System.Text.Json;

namespace Fukami.Lab;

/// <summary>A whole number within bounds.</summary>
public sealed class IntegerSetting(string name, int @default, int minimum, int maximum, LocalizedText explanation)
    : Setting<int>(name, @default, explanation)
{
    /// <summary>The smallest allowed value.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The largest allowed value.</summary>
    public int Maximum { get; } = maximum;

    /// <inheritdoc/>
    public override LocalizedText Allowed => new(
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {Minimum} to {Maximum}"),
        string.Create(CultureInfo.InvariantCulture, $" {Minimum} から {Maximum} までの整数"));

    /// <inheritdoc/>
    public override int Parse(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= Minimum && value <= Maximum
            ? value
            : throw NotAllowed(text);

    /// <inheritdoc/>
    public override string Format(int value) => value.ToString(CultureInfo.InvariantCulture);

    private protected override void Write(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);
}
