namespace Fukami.Lab;

/// <summary>The same text in both languages.</summary>
/// <param name="English">In English.</param>
/// <param name="Japanese">In Japanese.</param>
public sealed record LocalizedText(string English, string Japanese)
{
    /// <summary>A text that is the same in both languages: a formula, the names of papers.</summary>
    public static LocalizedText Both(string text) => new(text, text);

    /// <summary>The text in one language.</summary>
    public string In(Language language) => language == Language.Japanese ? Japanese : English;

    /// <summary>The text in English.</summary>
    public override string ToString() => English;
}
