using System.Text.Json;

namespace Fukami.Lab;

/// <summary>One setting of an experiment: its name as written after <c>--set</c>, its default, its bounds, and what it means.</summary>
public abstract class Setting(string name, LocalizedText explanation)
{
    /// <summary>The name, for example <c>depth</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What it means.</summary>
    public LocalizedText Explanation { get; } = explanation;

    /// <summary>What may be given, for example "1 to 1000".</summary>
    public abstract LocalizedText Allowed { get; }

    /// <summary>The default as a person would type it.</summary>
    public abstract string DefaultText { get; }

    /// <summary>Values that a shell can offer to complete; empty if there is no list.</summary>
    public virtual IReadOnlyList<string> Suggestions => [];

    /// <summary>Whether a text is a value of this setting alone, whatever the others are.</summary>
    public bool Allows(string text)
    {
        try
        {
            _ = ParseValue(text);
            return true;
        }
        catch (SettingException)
        {
            return false;
        }
    }

    internal abstract object DefaultValue { get; }

    internal abstract object ParseValue(string text);

    internal abstract string FormatValue(object value);

    internal abstract void WriteValue(Utf8JsonWriter writer, object value);

    private protected SettingException NotAllowed(string text) => new(new LocalizedText(
        $"{Name} was given “{text}”; allowed is {Allowed.English}, for example {Name}={DefaultText}.",
        $"{Name} に「{text}」が指定されましたが、指定できるのは{Allowed.Japanese}です（例: {Name}={DefaultText}）。"));
}
