using System.Globalization;
using System.Text.Json;

namespace Fukami.Lab;

/// <summary>A rising list of whole numbers within bounds, separated by commas.</summary>
public sealed class IntegersSetting(string name, IReadOnlyList<int> @default, int minimum, int maximum, LocalizedText explanation)
    : Setting<IReadOnlyList<int>>(name, @default, explanation)
{
    /// <summary>The smallest allowed value.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The largest allowed value.</summary>
    public int Maximum { get; } = maximum;

    /// <inheritdoc/>
    public override LocalizedText Allowed => new(
        string.Create(CultureInfo.InvariantCulture, $"a rising list of whole numbers from {Minimum} to {Maximum}, with commas between"),
        string.Create(CultureInfo.InvariantCulture, $" {Minimum} から {Maximum} までの整数の昇順の並び（コンマ区切り）"));

    /// <inheritdoc/>
    public override IReadOnlyList<int> Parse(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            bool allowed = int.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i])
                && numbers[i] >= Minimum && numbers[i] <= Maximum && (i == 0 || numbers[i] > numbers[i - 1]);
            if (!allowed)
            {
                throw NotAllowed(text);
            }
        }

        return numbers;
    }

    /// <inheritdoc/>
    public override string Format(IReadOnlyList<int> value) => string.Join(',', value.Select(n => n.ToString(CultureInfo.InvariantCulture)));

    private protected override void Write(Utf8JsonWriter writer, IReadOnlyList<int> value)
    {
        writer.WriteStartArray();
        foreach (int number in value)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
