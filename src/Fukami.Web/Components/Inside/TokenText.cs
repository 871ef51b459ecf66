namespace Fukami.Web.Components.Inside;

/// <summary>A token's text so that it can be seen: one of blanks and line breaks alone by their signs.</summary>
internal static class TokenText
{
    /// <summary>The text.</summary>
    public static string Of(string text) => string.IsNullOrWhiteSpace(text) ? text.Replace("\n", "↵", StringComparison.Ordinal).Replace("\t", "⇥", StringComparison.Ordinal).Replace(' ', '␣') : text;
}
