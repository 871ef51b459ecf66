using System.Text.RegularExpressions;

namespace Fukami.Transformers;

/// <summary>GPT-2's cut of a text into words, within which byte pairs are merged: contractions, and runs of letters, digits or others, each with the space before it.</summary>
internal static partial class WordPattern
{
    /// <summary>The expression; every character of a text is in exactly one match.</summary>
    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: -1)]
    public static partial Regex Gpt2();
}
