using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Fukami.Transformers;

/// <summary>
/// WordPiece as in BERT: a text is cut into words, a word into the longest pieces that the vocabulary has, from the left. A word that
/// has no pieces is [UNK], so a text may not come back: capitals, accents and spaces are lost too. (Devlin et al. 2018)
/// </summary>
public sealed class BertTokenizer : ITokenizer
{
    /// <summary>The longest word that is cut into pieces, in characters; BERT's own.</summary>
    internal const int LongestWord = 100;

    private const string Continues = "##";

    private readonly string[] vocabulary;
    private readonly BertWords words;
    private readonly int unknown;
    private readonly TokenTable tokens;
    private readonly WordPieceTokenizer encoder;
    private readonly AddedTokens added;

    /// <summary>A tokenizer of a checked vocabulary.</summary>
    /// <param name="vocabulary">The tokens by id.</param>
    /// <param name="words">The cut into words.</param>
    /// <param name="unknown">The token of a word that has no pieces.</param>
    /// <param name="added">Tokens that are looked for in a text first, such as [MASK].</param>
    /// <param name="beginsWith">Tokens before a text.</param>
    /// <param name="endsWith">Tokens behind a text.</param>
    internal BertTokenizer(string[] vocabulary, BertWords words, int unknown, IEnumerable<AddedToken> added, int[] beginsWith, int[] endsWith)
    {
        (this.vocabulary, this.words, this.unknown, BeginsWith, EndsWith) = (vocabulary, words, unknown, beginsWith, endsWith);
        this.added = new AddedTokens(added, words.Normalize);
        tokens = new TokenTable([.. vocabulary.Select(token => Encoding.UTF8.GetBytes(token.StartsWith(Continues, StringComparison.Ordinal) && token.Length > Continues.Length ? token[Continues.Length..] : " " + token))]);
        using var lines = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', vocabulary) + "\n"));
        encoder = WordPieceTokenizer.Create(lines, new WordPieceOptions { UnknownToken = vocabulary[unknown], MaxInputCharsPerWord = 2 * LongestWord });
    }

    /// <inheritdoc/>
    public int Vocabulary => vocabulary.Length;

    /// <inheritdoc/>
    public IReadOnlyList<int> BeginsWith { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> EndsWith { get; }

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        UnicodeText.Check(text);
        return added.Encode(text, (piece, _) => EncodePiece(piece));
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids) => tokens.Decode(ids) is var text && text.StartsWith(' ') ? text[1..] : text;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int id) => tokens[id];

    /// <inheritdoc/>
    public void WriteTo(Utf8JsonWriter json) =>
        TokenizerJson.Write(json, WriteModel, static pre => pre.WriteString("type"u8, "BertPreTokenizer"u8), "WordPiece", added, post => Surroundings.Write(post, BeginsWith, EndsWith, vocabulary), WriteNormalizer);

    private List<int> EncodePiece(string text)
    {
        var ids = new List<int>();
        foreach (string word in BertWords.Cut(text))
        {
            if (word.EnumerateRunes().Count() > LongestWord)
            {
                ids.Add(unknown);
            }
            else
            {
                ids.AddRange(encoder.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false));
            }
        }

        return ids;
    }

    private void WriteNormalizer(Utf8JsonWriter json)
    {
        json.WriteStartObject("normalizer"u8);
        json.WriteString("type"u8, "BertNormalizer"u8);
        json.WriteBoolean("clean_text"u8, words.Clean);
        json.WriteBoolean("handle_chinese_chars"u8, words.SplitChinese);
        json.WriteBoolean("strip_accents"u8, words.StripAccents);
        json.WriteBoolean("lowercase"u8, words.Lowercase);
        json.WriteEndObject();
    }

    private void WriteModel(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "WordPiece"u8);
        json.WriteString("unk_token"u8, vocabulary[unknown]);
        json.WriteString("continuing_subword_prefix"u8, Continues);
        json.WriteNumber("max_input_chars_per_word"u8, LongestWord);
        json.WriteStartObject("vocab"u8);
        for (int id = 0; id < vocabulary.Length; id++)
        {
            json.WriteNumber(vocabulary[id], id);
        }

        json.WriteEndObject();
    }
}
