using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>
/// One setting of a settings record: its name in JSON and on the command line, what it may be, and one line that explains it.
/// </summary>
/// <typeparam name="TSettings">The record that it belongs to.</typeparam>
/// <param name="name">In snake_case.</param>
/// <param name="explanation">One line.</param>
public abstract class Setting<TSettings>(string name, Bilingual explanation)
{
    /// <summary>The name in JSON and behind <c>--set</c>, in snake_case.</summary>
    public string Name { get; } = name;

    /// <summary>One line that says what it is.</summary>
    public Bilingual Explanation { get; } = explanation;

    /// <summary>What is allowed, as a person reads it: <c>1 to 65536</c>, <c>true or false</c>, <c>relu, gelu</c>.</summary>
    public abstract string Allowed { get; }

    /// <summary>The default as a person reads it when it follows from other settings (<c>= heads</c>), else none.</summary>
    public string? DerivedDefault { get; init; }

    /// <summary>Whether the setting means anything beside the others; what means nothing is not written to JSON.</summary>
    public Func<TSettings, bool> Applies { get; init; } = static _ => true;

    /// <summary>
    /// The value that the setting has beside the others when nobody sets it. A setting that says so is written to JSON only where its value is another;
    /// one that does not (none) is always written.
    /// </summary>
    public Func<TSettings, string>? LeftOut { get; init; }

    /// <summary>The value in given settings, as it would be written on the command line.</summary>
    public abstract string Show(TSettings settings);

    /// <summary>The settings with this one changed.</summary>
    /// <exception cref="SettingsException">The text is no value that the setting allows.</exception>
    public abstract TSettings With(TSettings settings, string value);

    /// <summary>The settings with this one changed to a value of JSON.</summary>
    /// <exception cref="SettingsException">The value is not of the kind that the setting allows.</exception>
    public TSettings With(TSettings settings, JsonElement value) =>
        HasKind(value.ValueKind) ? With(settings, value.ToString()) : throw Refused(value.GetRawText());

    /// <summary>Writes the value as a JSON property.</summary>
    public abstract void Write(Utf8JsonWriter writer, TSettings settings);

    /// <summary>Whether JSON names the setting: it means something, and its value does not go without saying.</summary>
    public bool IsWritten(TSettings settings) => Applies(settings) && (LeftOut is null || !string.Equals(Show(settings), LeftOut(settings), StringComparison.Ordinal));

    /// <summary>Throws when the value in these settings is out of range.</summary>
    /// <exception cref="SettingsException">It is out of range.</exception>
    public void Check(TSettings settings) => With(settings, Show(settings));

    /// <summary>Whether JSON writes values of this setting so.</summary>
    protected abstract bool HasKind(JsonValueKind kind);

    /// <summary>The sentence for a value that is not allowed.</summary>
    protected SettingsException Refused(string value) => new($"{Name} is {(value.Length == 0 ? "empty" : value)}; it must be {Allowed}.");
}
