using System.Text.Json;

namespace Fukami.Lab;

/// <summary>One of a list of names.</summary>
public sealed class ChoiceSetting(string name, string @default, IReadOnlyList<string> choices, LocalizedText explanation)
    : Setting<string>(name, @default, explanation)
{
    /// <summary>The names to choose from.</summary>
    public IReadOnlyList<string> Choices { get; } = choices;

    /// <inheritdoc/>
    public override LocalizedText Allowed => new(
        $"one of {string.Join(", ", Choices)}",
        $"{string.Join("、", Choices)} のいずれか");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Suggestions => Choices;

    /// <inheritdoc/>
    public override string Parse(string text) => Choices.Contains(text, StringComparer.Ordinal) ? text : throw NotAllowed(text);

    /// <inheritdoc/>
    public override string Format(string value) => value;

    private protected override void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);
}
