using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>
/// The tokens that are looked for in a text before anything else is done with it, such as <c>[MASK]</c> and <c>&lt;|endoftext|&gt;</c>:
/// of those that begin at a place the longest, from the left. (Hugging Face tokenizers, AddedVocabulary)
/// </summary>
internal sealed class AddedTokens
{
    private readonly AddedToken[] tokens;
    private readonly Func<string, string>? normalize;
    private readonly Dictionary<char, (string Text, AddedToken Token)[]> raw;
    private readonly Dictionary<char, (string Text, AddedToken Token)[]> normalized;

    /// <summary>Tokens to look for.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="normalize">The tokenizer's normalizer, if it has one.</param>
    public AddedTokens(IEnumerable<AddedToken> tokens, Func<string, string>? normalize = null)
    {
        this.normalize = normalize;
        this.tokens = [.. tokens.OrderBy(token => token.Id)];
        raw = Table(this.tokens.Where(token => !token.IsNormalized || normalize is null).Select(token => (token.Text, token)));
        normalized = Table(this.tokens.Where(token => token.IsNormalized && normalize is not null).Select(token => (normalize!(token.Text), token)));
    }

    /// <summary>None.</summary>
    public static AddedTokens None { get; } = new([]);

    /// <summary>All of them, by id.</summary>
    public IReadOnlyList<AddedToken> All => tokens;

    /// <summary>The tokens that a <c>tokenizer.json</c> adds.</summary>
    /// <exception cref="CheckpointException">A token is empty or there twice.</exception>
    public static List<AddedToken> Read(JsonNodeReader root)
    {
        var found = new List<AddedToken>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonNodeReader token in root.Find("added_tokens")?.Items() ?? [])
        {
            string text = token["content"].Text();
            if (text.Length == 0 || !seen.Add(text))
            {
                throw root.Error($"adds the token {Excerpt.Of(text)}, which is empty, or there twice");
            }

            bool special = Flag(token, "special", true);
            found.Add(new AddedToken(text, token["id"].Number(), special, Flag(token, "normalized", !special), Flag(token, "lstrip", false), Flag(token, "rstrip", false), Flag(token, "single_word", false)));
        }

        return found;
    }

    /// <summary>The ids of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="encode">Gives the ids of a piece, already normalized, without such tokens; told whether the piece begins the text.</param>
    public int[] Encode(string text, Func<string, bool, IEnumerable<int>> encode)
    {
        var ids = new List<int>(text.Length / 2);
        Cut(text, raw, ids, (piece, first) =>
        {
            string plain = normalize is null ? piece : normalize(piece);
            Cut(plain, normalized, ids, (part, begins) => ids.AddRange(encode(part, first && begins)));
        });
        return [.. ids];
    }

    /// <summary>Writes them as the list of a <c>tokenizer.json</c>.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray("added_tokens"u8);
        foreach (AddedToken token in tokens)
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, token.Id);
            json.WriteString("content"u8, token.Text);
            json.WriteBoolean("single_word"u8, token.IsWord);
            json.WriteBoolean("lstrip"u8, token.TakesSpaceBefore);
            json.WriteBoolean("rstrip"u8, token.TakesSpaceBehind);
            json.WriteBoolean("normalized"u8, token.IsNormalized);
            json.WriteBoolean("special"u8, token.IsSpecial);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool Flag(JsonNodeReader token, string name, bool otherwise) => token.Find(name)?.Flag() ?? otherwise;

    private static Dictionary<char, (string Text, AddedToken Token)[]> Table(IEnumerable<(string Text, AddedToken Token)> tokens) => tokens
        .Where(token => token.Text.Length > 0)
        .GroupBy(token => token.Text[0])
        .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Text.Length).ToArray());

    private static void Cut(string text, Dictionary<char, (string Text, AddedToken Token)[]> table, List<int> ids, Action<string, bool> rest)
    {
        int start = 0;
        for (int at = 0; at < text.Length && table.Count > 0;)
        {
            if (!table.TryGetValue(text[at], out var candidates) || Find(text, at, candidates) is not { } found)
            {
                at++;
                continue;
            }

            int end = at + found.Text.Length;
            int from = found.Token.TakesSpaceBefore ? start + text.AsSpan(start, at - start).TrimEnd().Length : at;
            if (from > start)
            {
                rest(text[start..from], start == 0);
            }

            ids.Add(found.Token.Id);
            start = found.Token.TakesSpaceBehind ? text.Length - text.AsSpan(end).TrimStart().Length : end;
            at = start;
        }

        if (start < text.Length)
        {
            rest(start == 0 ? text : text[start..], start == 0);
        }
    }

    private static (string Text, AddedToken Token)? Find(string text, int at, (string Text, AddedToken Token)[] candidates)
    {
        foreach ((string Text, AddedToken Token) candidate in candidates)
        {
            if (text.AsSpan(at).StartsWith(candidate.Text, StringComparison.Ordinal))
            {
                // the longest alone is asked whether it stands as a word
                return candidate.Token.IsWord && !StandsAlone(text, at, at + candidate.Text.Length) ? null : candidate;
            }
        }

        return null;
    }

    private static bool StandsAlone(string text, int start, int end)
    {
        bool before = start > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, start), out Rune left, out _) == System.Buffers.OperationStatus.Done && IsOfWord(left);
        bool behind = end < text.Length && Rune.DecodeFromUtf16(text.AsSpan(end), out Rune right, out _) == System.Buffers.OperationStatus.Done && IsOfWord(right);
        return !before && !behind;
    }

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;
}
