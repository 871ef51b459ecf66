using System.Text.Json;

namespace Fukami.Lab;

/// <summary>A setting with values of one type.</summary>
/// <typeparam name="T">The type of its values.</typeparam>
public abstract class Setting<T>(string name, T @default, LocalizedText explanation) : Setting(name, explanation)
    where T : notnull
{
    /// <summary>The value when nobody says otherwise.</summary>
    public T Default { get; } = @default;

    /// <inheritdoc/>
    public override string DefaultText => Format(Default);

    internal override object DefaultValue => Default;

    /// <summary>Reads a value.</summary>
    /// <exception cref="SettingException">The text is not an allowed value; the sentence says what is.</exception>
    public abstract T Parse(string text);

    /// <summary>Writes a value as <see cref="Parse"/> reads it.</summary>
    public abstract string Format(T value);

    internal override object ParseValue(string text) => Parse(text);

    internal override string FormatValue(object value) => Format((T)value);

    internal override void WriteValue(Utf8JsonWriter writer, object value) => Write(writer, (T)value);

    private protected abstract void Write(Utf8JsonWriter writer, T value);
}
