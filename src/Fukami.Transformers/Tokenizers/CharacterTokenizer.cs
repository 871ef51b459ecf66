using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>
/// One token for each character (Unicode scalar) of the text that it was trained on, in the order of their code points, as in
/// nanoGPT's character-level recipes.
/// </summary>
public sealed class CharacterTokenizer : ITokenizer
{
    /// <summary>The pattern by which <c>tokenizer.json</c> asks for single characters.</summary>
    internal const string Pattern = "[\\s\\S]";

    private readonly Rune[] characters;
    private readonly Dictionary<Rune, int> ids;
    private readonly TokenTable tokens;

    /// <summary>A tokenizer of the given characters; the first has id 0.</summary>
    /// <exception cref="ArgumentException">There are none, or one stands twice.</exception>
    public CharacterTokenizer(IEnumerable<Rune> characters)
    {
        this.characters = [.. characters];
        if (this.characters.Length == 0)
        {
            throw new ArgumentException("A character tokenizer needs at least one character.", nameof(characters));
        }

        ids = new Dictionary<Rune, int>(this.characters.Length);
        byte[][] bytes = new byte[this.characters.Length][];
        for (int id = 0; id < bytes.Length; id++)
        {
            if (!ids.TryAdd(this.characters[id], id))
            {
                throw new ArgumentException($"The character {Shown(this.characters[id])} stands twice.", nameof(characters));
            }

            bytes[id] = Encoding.UTF8.GetBytes(this.characters[id].ToString());
        }

        tokens = new TokenTable(bytes);
    }

    /// <inheritdoc/>
    public int Vocabulary => characters.Length;

    /// <summary>A tokenizer of the characters of a text.</summary>
    /// <exception cref="TokenizerException">The text is empty or not valid Unicode.</exception>
    public static CharacterTokenizer Train(string text)
    {
        if (text.Length == 0)
        {
            throw new TokenizerException("A tokenizer cannot be trained on an empty text.");
        }

        UnicodeText.Check(text);
        var seen = new SortedSet<Rune>();
        foreach (Rune character in text.EnumerateRunes())
        {
            seen.Add(character);
        }

        return new CharacterTokenizer(seen);
    }

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        UnicodeText.Check(text);
        var encoded = new List<int>(text.Length);
        foreach (Rune character in text.EnumerateRunes())
        {
            encoded.Add(ids.TryGetValue(character, out int id)
                ? id
                : throw new TokenizerException($"The character {Shown(character)} does not occur in the text that this tokenizer was trained on; leave it out, or train on a text that has it."));
        }

        return [.. encoded];
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids) => tokens.Decode(ids);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int id) => tokens[id];

    /// <inheritdoc/>
    public void WriteTo(Utf8JsonWriter json) => TokenizerJson.Write(json, WriteModel, WritePreTokenizer, "Fuse");

    private static void WritePreTokenizer(Utf8JsonWriter json)
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
        for (int id = 0; id < characters.Length; id++)
        {
            json.WriteNumber(characters[id].ToString(), id);
        }

        json.WriteEndObject();
        json.WriteString("unk_token"u8, "<unk>"u8);
    }

    private static string Shown(Rune character) => Rune.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
        ? $"U+{character.Value:X4}"
        : $"'{character}' (U+{character.Value:X4})";
}
