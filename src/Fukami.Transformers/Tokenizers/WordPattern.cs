using System.Text;
using System.Text.RegularExpressions;

namespace Fukami.Transformers;

/// <summary>
/// The cut of a text into words, within which byte pairs are merged. Only expressions that are known here are used: one that comes
/// from a file could take for ever.
/// </summary>
internal sealed partial class WordPattern
{
    private readonly Regex regex;

    private WordPattern(string? text, Regex regex) => (Text, this.regex) = (text, regex);

    /// <summary>GPT-2: contractions, and runs of letters, digits or others, each with the space before it.</summary>
    public static WordPattern OfGpt2 { get; } = new(null, Gpt2());

    /// <summary>The patterns that a <c>tokenizer.json</c> may ask for: GPT-2's, Llama 3's and Qwen 2's.</summary>
    public static IReadOnlyList<WordPattern> Known { get; } = [OfGpt2, new(Llama3Text, Llama3Regex()), new(Qwen2Text, Qwen2Regex())];

    /// <summary>The expression as a file writes it; null for GPT-2's, which has a name of its own.</summary>
    public string? Text { get; }

    private const string Gpt2Text = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const string Llama3Text = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const string Qwen2Text = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The pattern of an expression; null if it is none of the known.</summary>
    public static WordPattern? Find(string text) => string.Equals(text, Gpt2Text, StringComparison.Ordinal)
        ? OfGpt2
        : Known.FirstOrDefault(known => string.Equals(known.Text, text, StringComparison.Ordinal));

    /// <summary>The words of a text; every character is in exactly one.</summary>
    public List<string> Words(string text)
    {
        var words = new List<string>();
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            foreach (ValueMatch match in regex.EnumerateMatches(text))
            {
                words.Add(text.Substring(match.Index, match.Length));
            }

            return words;
        }

        // .NET's expressions know UTF-16 units and no characters, so a stand-in of the same class is matched for each character above U+FFFF
        var shown = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length + 1);
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            shown.Append(rune.IsBmp ? (char)rune.Value : Rune.IsLetter(rune) ? '一' : Rune.IsNumber(rune) ? '²' : '□');
            starts.Add(at);
            at += rune.Utf16SequenceLength;
        }

        starts.Add(at);
        foreach (ValueMatch match in regex.EnumerateMatches(shown.ToString()))
        {
            words.Add(text[starts[match.Index]..starts[match.Index + match.Length]]);
        }

        return words;
    }

    /// <summary>GPT-2's expression itself.</summary>
    [GeneratedRegex(Gpt2Text, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: -1)]
    public static partial Regex Gpt2();

    [GeneratedRegex(Llama3Text, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: -1)]
    private static partial Regex Llama3Regex();

    [GeneratedRegex(Qwen2Text, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: -1)]
    private static partial Regex Qwen2Regex();
}
