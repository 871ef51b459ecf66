using System.Text.Json;

namespace Fukami.Lab;

/// <summary>Any text: a folder, a prompt. Empty means none.</summary>
public sealed class TextSetting(string name, string @default, LocalizedText allowed, LocalizedText explanation)
    : Setting<string>(name, @default, explanation)
{
    /// <inheritdoc/>
    public override LocalizedText Allowed { get; } = allowed;

    /// <inheritdoc/>
    public override string Parse(string text) => text;

    /// <inheritdoc/>
    public override string Format(string value) => value;

    private protected override void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);
}
