using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>A setting that is one of several names.</summary>
/// <param name="name">In snake_case.</param>
/// <param name="choices">The names, each with its line.</param>
/// <param name="get">Reads it.</param>
/// <param name="with">Changes it.</param>
/// <param name="explanation">One line.</param>
public sealed class ChoiceSetting<TSettings>(string name, IReadOnlyList<Choice> choices, Func<TSettings, string> get, Func<TSettings, string, TSettings> with, Bilingual explanation)
    : Setting<TSettings>(name, explanation)
{
    /// <summary>The names that are allowed, each with its line.</summary>
    public IReadOnlyList<Choice> Choices { get; } = choices;

    /// <inheritdoc/>
    public override string Allowed => "one of " + string.Join(", ", Choices.Select(choice => choice.Name));

    /// <inheritdoc/>
    public override string Show(TSettings settings) => get(settings);

    /// <inheritdoc/>
    public override TSettings With(TSettings settings, string value)
    {
        foreach (Choice choice in Choices)
        {
            if (string.Equals(choice.Name, value, StringComparison.Ordinal))
            {
                return with(settings, choice.Name);
            }
        }

        throw Refused(value);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TSettings settings) => writer.WriteString(Name, get(settings));

    /// <inheritdoc/>
    protected override bool HasKind(JsonValueKind kind) => kind == JsonValueKind.String;
}
