using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fukami.Transformers;

/// <summary>
/// Whole words as tokens, spaces included where a language writes them (" cat"): at each place the longest word that fits is taken. A list of words suffices, so Japanese
/// needs no spaces. In a <c>tokenizer.json</c> it is a WordLevel vocabulary behind a Split whose pattern is all words, the longest first.
/// </summary>
public sealed class WordTokenizer : ITokenizer
{
    private const int MostListed = 8;
    private const int LongestCompared = 64;

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \n.,。、");

    private readonly string[] words;
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> idsOfParts;
    private readonly int longest;
    private readonly TokenTable tokens;

    /// <summary>A tokenizer of the given words; the first has id 0.</summary>
    /// <exception cref="ArgumentException">There are none, one is empty or not valid Unicode, or one stands twice.</exception>
    public WordTokenizer(IEnumerable<string> words)
    {
        this.words = [.. words];
        if (this.words.Length == 0)
        {
            throw new ArgumentException("A word tokenizer needs at least one word.", nameof(words));
        }

        ids = new Dictionary<string, int>(this.words.Length, StringComparer.Ordinal);
        for (int id = 0; id < this.words.Length; id++)
        {
            if (this.words[id].Length == 0 || !IsUnicode(this.words[id]) || !ids.TryAdd(this.words[id], id))
            {
                throw new ArgumentException($"The word {Excerpt.Of(this.words[id])} is empty, is not valid Unicode, or stands twice.", nameof(words));
            }

            longest = Math.Max(longest, this.words[id].Length);
        }

        idsOfParts = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        tokens = new TokenTable([.. this.words.Select(Encoding.UTF8.GetBytes)]);
    }

    /// <inheritdoc/>
    public int Vocabulary => words.Length;

    /// <summary>The words by id.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>The pattern by which other readers of <c>tokenizer.json</c> cut a text as this one does: all words, the longest first.</summary>
    internal string Pattern => string.Join('|', words.OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal).Select(Regex.Escape));

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        UnicodeText.Check(text);
        var encoded = new List<int>(text.Length / 2);
        for (int at = 0; at < text.Length;)
        {
            (int id, int length) = Longest(text, at);
            encoded.Add(length > 0 ? id : throw Unknown(text, at));
            at += length;
        }

        return [.. encoded];
    }

    /// <summary>A text with words that are unknown only because of their capitals written as the vocabulary has them; all else stays.</summary>
    public string InKnownCase(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (Longest(text, at).Length is var length and > 0)
            {
                at += length;
                continue;
            }

            (int start, int end) = WordAround(text, at);
            if (Array.Find(words, word => text.AsSpan(start..end).Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                text = $"{text[..start]}{known}{text[end..]}";
            }

            at = end;
        }

        return text;
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids) => tokens.Decode(ids);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int id) => tokens[id];

    /// <inheritdoc/>
    public void WriteTo(Utf8JsonWriter json) => TokenizerJson.Write(json, WriteModel, WritePreTokenizer, "Fuse");

    // the longest word that fits at a place; none has length 0
    private (int Id, int Length) Longest(string text, int at)
    {
        int length = Math.Min(longest, text.Length - at), id = -1;
        while (length > 0 && !idsOfParts.TryGetValue(text.AsSpan(at, length), out id))
        {
            length--;
        }

        return (id, length);
    }

    // the letters around a place, with the space in front of them
    private static (int Start, int End) WordAround(string text, int at)
    {
        int start = text.AsSpan(0, at + 1).LastIndexOfAny(Ends) is var boundary and >= 0 ? boundary + (text[boundary] == ' ' ? 0 : 1) : 0;
        start = Math.Min(start, at);
        int more = text.AsSpan(at + 1).IndexOfAny(Ends);
        return (start, more >= 0 ? at + 1 + more : text.Length);
    }

    private static bool IsUnicode(string word)
    {
        try
        {
            UnicodeText.Check(word);
            return true;
        }
        catch (TokenizerException)
        {
            return false;
        }
    }

    private void WritePreTokenizer(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "Split"u8);
        json.WriteStartObject("pattern"u8);
        json.WriteString("Regex"u8, Pattern);
        json.WriteEndObject();
        json.WriteString("behavior"u8, "Isolated"u8);
        json.WriteBoolean("invert"u8, false);
    }

    private void WriteModel(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "WordLevel"u8);
        json.WriteStartObject("vocab"u8);
        for (int id = 0; id < words.Length; id++)
        {
            json.WriteNumber(words[id], id);
        }

        json.WriteEndObject();
        json.WriteString("unk_token"u8, "<unk>"u8);
    }

    private TokenizerException Unknown(string text, int at)
    {
        (int start, int end) = WordAround(text, at);
        string given = text[start..end].Trim();
        string compared = given[..Math.Min(given.Length, LongestCompared)].ToUpperInvariant();
        string[] known = [.. words.Select(word => word.Trim()).Where(word => word.Length > 0).Distinct(StringComparer.Ordinal)];
        string near = string.Join(", ", known.OrderBy(word => EditDistance.Of(word.ToUpperInvariant(), compared)).Take(MostListed).Select(Excerpt.Of));
        return new TokenizerException($"This tokenizer has no word for {Excerpt.Of(text[start..end])} at position {start} of the text (capitals and spaces count); the nearest of its {known.Length} words are {near}.");
    }
}
