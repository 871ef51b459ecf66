using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Fukami.Transformers;

/// <summary>
/// Byte-level byte-pair encoding as in GPT-2: a text is cut into words, a word into its UTF-8 bytes, and pairs are merged in the
/// order in which training found them. Every text has tokens and comes back unchanged. (Sennrich et al. 2016; Radford et al. 2019)
/// </summary>
public sealed class BytePairTokenizer : ITokenizer
{
    private readonly string[] vocabulary;
    private readonly string[] merges;
    private readonly Dictionary<string, int> specialTokens;
    private readonly TokenTable tokens;
    private readonly BpeTokenizer encoder;
    private readonly WordPattern pattern;
    private readonly AddedTokens added;
    private readonly bool isComposed;
    private readonly Dictionary<string, int>? whole;

    /// <summary>A tokenizer of a checked vocabulary.</summary>
    /// <param name="vocabulary">The tokens by id, in the writing of <see cref="ByteAlphabet"/>; special tokens as they are.</param>
    /// <param name="merges">Pairs of tokens, "left right", the first merged first.</param>
    /// <param name="unmade">Tokens that no merge makes, such as <c>&lt;|endoftext|&gt;</c>.</param>
    /// <param name="added">Tokens that are looked for in a text first.</param>
    /// <param name="pattern">The cut into words.</param>
    /// <param name="isComposed">Whether a text is brought into Unicode's form C first.</param>
    /// <param name="ignoreMerges">Whether a word that is a token as a whole is that token, whatever the merges would make of it.</param>
    /// <param name="beginsWith">Special tokens that the family puts before a text.</param>
    /// <param name="endsWith">Special tokens that the family puts behind a text.</param>
    internal BytePairTokenizer(string[] vocabulary, string[] merges, Dictionary<string, int> unmade, AddedTokens added, WordPattern pattern, bool isComposed, bool ignoreMerges, int[] beginsWith, int[] endsWith)
    {
        (this.pattern, this.added, this.isComposed, BeginsWith, EndsWith) = (pattern, added, isComposed, beginsWith, endsWith);
        (this.vocabulary, this.merges) = (vocabulary, merges);
        specialTokens = new Dictionary<string, int>(unmade, StringComparer.Ordinal);
        foreach (AddedToken token in added.All)
        {
            specialTokens[token.Text] = token.Id;
        }

        tokens = new TokenTable([.. vocabulary.Select(token =>
            (unmade.ContainsKey(token) ? null : ByteAlphabet.Read(token)) ?? Encoding.UTF8.GetBytes(token))]);
        whole = ignoreMerges
            ? vocabulary.Select((token, id) => KeyValuePair.Create(token, id)).Where(pair => !unmade.ContainsKey(pair.Key)).ToDictionary(StringComparer.Ordinal)
            : null;
        encoder = BpeTokenizer.Create(new BpeOptions(vocabulary.Select((token, id) => KeyValuePair.Create(token, id)).Where(pair => !unmade.ContainsKey(pair.Key)))
        {
            Merges = merges,
            ByteLevel = true,
        });
    }

    /// <inheritdoc/>
    public int Vocabulary => vocabulary.Length;

    /// <inheritdoc/>
    public IReadOnlyList<int> BeginsWith { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> EndsWith { get; }

    /// <summary>Pairs that are merged, the first first, in the writing of GPT-2's <c>merges.txt</c>.</summary>
    public IReadOnlyList<string> Merges => merges;

    /// <summary>Tokens that no merge makes, and those that are looked for in a text first, by name.</summary>
    public IReadOnlyDictionary<string, int> SpecialTokens => specialTokens;

    /// <summary>Learns merges from a text: the most frequent pair first, of equals the one with the lower ids. The same text gives the same tokenizer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="vocabulary">Tokens wanted, at least 257; a text that repeats little gives fewer.</param>
    /// <exception cref="TokenizerException">The text is empty or not valid Unicode, or the vocabulary too small.</exception>
    public static BytePairTokenizer Train(string text, int vocabulary)
    {
        if (text.Length == 0)
        {
            throw new TokenizerException("A tokenizer cannot be trained on an empty text.");
        }

        if (vocabulary < 257)
        {
            throw new TokenizerException($"A byte-pair tokenizer of {vocabulary} tokens was asked for; the 256 bytes take the first ones, so ask for at least 257.");
        }

        UnicodeText.Check(text);
        (string[] learned, string[] merges) = new BytePairTrainer(text).Train(vocabulary);
        return new BytePairTokenizer(learned, merges, new Dictionary<string, int>(StringComparer.Ordinal), AddedTokens.None, WordPattern.OfGpt2, isComposed: false, ignoreMerges: false, [], []);
    }

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        UnicodeText.Check(text);
        return added.Encode(text, (piece, _) => EncodePiece(piece));
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids) => tokens.Decode(ids);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int id) => tokens[id];

    /// <inheritdoc/>
    public void WriteTo(Utf8JsonWriter json) => TokenizerJson.Write(json, WriteModel, WritePreTokenizer, "ByteLevel", added, WritePostProcessor, isComposed ? WriteNormalizer : null);

    private static void WriteNormalizer(Utf8JsonWriter json)
    {
        json.WriteStartObject("normalizer"u8);
        json.WriteString("type"u8, "NFC"u8);
        json.WriteEndObject();
    }

    private List<int> EncodePiece(string text)
    {
        var ids = new List<int>(text.Length / 2);
        foreach (string word in pattern.Words(text))
        {
            if (whole is not null && whole.TryGetValue(ByteAlphabet.Write(Encoding.UTF8.GetBytes(word)), out int id))
            {
                ids.Add(id);
            }
            else
            {
                ids.AddRange(encoder.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false));
            }
        }

        return ids;
    }

    private static void WriteByteLevel(Utf8JsonWriter json, bool useRegex)
    {
        json.WriteString("type"u8, "ByteLevel"u8);
        json.WriteBoolean("add_prefix_space"u8, false);
        json.WriteBoolean("trim_offsets"u8, true);
        json.WriteBoolean("use_regex"u8, useRegex);
    }

    private void WritePreTokenizer(Utf8JsonWriter json)
    {
        if (pattern.Text is null)
        {
            WriteByteLevel(json, useRegex: true);
            return;
        }

        json.WriteString("type"u8, "Sequence"u8);
        json.WriteStartArray("pretokenizers"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "Split"u8);
        json.WriteStartObject("pattern"u8);
        json.WriteString("Regex"u8, pattern.Text);
        json.WriteEndObject();
        json.WriteString("behavior"u8, "Isolated"u8);
        json.WriteBoolean("invert"u8, false);
        json.WriteEndObject();
        json.WriteStartObject();
        WriteByteLevel(json, useRegex: false);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WritePostProcessor(Utf8JsonWriter json) => Surroundings.Write(json, BeginsWith, EndsWith, vocabulary);

    private void WriteModel(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "BPE"u8);
        json.WriteNull("dropout"u8);
        json.WriteNull("unk_token"u8);
        json.WriteNull("continuing_subword_prefix"u8);
        json.WriteNull("end_of_word_suffix"u8);
        json.WriteBoolean("fuse_unk"u8, false);
        json.WriteBoolean("byte_fallback"u8, false);
        if (whole is not null)
        {
            json.WriteBoolean("ignore_merges"u8, true);
        }

        json.WriteStartObject("vocab"u8);
        for (int id = 0; id < vocabulary.Length; id++)
        {
            json.WriteNumber(vocabulary[id], id);
        }

        json.WriteEndObject();
        json.WriteStartArray("merges"u8);
        foreach (string merge in merges)
        {
            json.WriteStringValue(merge);
        }

        json.WriteEndArray();
    }
}
