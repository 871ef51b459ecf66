using System.Text.Json;

namespace Fukami.Lab;

/// <summary>One or more of a list of names, separated by commas; each at most once.</summary>
public sealed class ChoicesSetting(string name, IReadOnlyList<string> @default, IReadOnlyList<string> choices, LocalizedText explanation)
    : Setting<IReadOnlyList<string>>(name, @default, explanation)
{
    /// <summary>The names to choose from.</summary>
    public IReadOnlyList<string> Choices { get; } = choices;

    /// <inheritdoc/>
    public override LocalizedText Allowed => new(
        $"one or more of {string.Join(", ", Choices)}, each once, with commas between",
        $"{string.Join("、", Choices)} から一つ以上（重複なし、コンマ区切り）");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Suggestions => Choices;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parse(string text)
    {
        string[] names = text.Split(',', StringSplitOptions.TrimEntries);
        bool allowed = names.All(n => Choices.Contains(n, StringComparer.Ordinal)) && names.Distinct(StringComparer.Ordinal).Count() == names.Length;
        return allowed ? names : throw NotAllowed(text);
    }

    /// <inheritdoc/>
    public override string Format(IReadOnlyList<string> value) => string.Join(',', value);

    private protected override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value)
    {
        writer.WriteStartArray();
        foreach (string choice in value)
        {
            writer.WriteStringValue(choice);
        }

        writer.WriteEndArray();
    }
}
