namespace Fukami.Web.Components.Study;

/// <summary>What a learner typed, without the characters that nobody types: control characters and those that turn the direction of writing.</summary>
internal static class PlainText
{
    /// <summary>The text, trimmed; line breaks and tabs stay.</summary>
    public static string Of(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !(char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069'))).Trim();
}
