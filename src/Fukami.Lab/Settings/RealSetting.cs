using System.Globalization;
using System.Text.Json;

namespace Fukami.Lab;

/// <summary>A number within bounds.</summary>
public sealed class RealSetting(string name, double @default, double minimum, double maximum, LocalizedText explanation)
    : Setting<double>(name, @default, explanation)
{
    /// <summary>The smallest allowed value.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>The largest allowed value.</summary>
    public double Maximum { get; } = maximum;

    /// <inheritdoc/>
    public override LocalizedText Allowed => new(
        string.Create(CultureInfo.InvariantCulture, $"a number from {Minimum} to {Maximum}"),
        string.Create(CultureInfo.InvariantCulture, $" {Minimum} から {Maximum} までの数"));

    /// <inheritdoc/>
    public override double Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= Minimum && value <= Maximum
            ? value
            : throw NotAllowed(text);

    /// <inheritdoc/>
    public override string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private protected override void Write(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);
}
