using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>
/// SentencePiece's tokens: byte-pair merges over characters as in Llama, with bytes for characters that have no piece, or Unigram,
/// the most likely pieces. (Kudo and Richardson 2018; Kudo 2018)
/// </summary>
public sealed class SentencePieceTokenizer : ITokenizer
{
    private const char Space = '▁';

    private readonly string name;
    private readonly SentencePieceOptions options;
    private readonly TokenTable tokens;
    private readonly SentencePieceMerges? merges;
    private readonly Microsoft.ML.Tokenizers.SentencePieceTokenizer? unigram;
    private readonly int unknown;
    private readonly AddedTokens control;

    /// <summary>A tokenizer of a checked model.</summary>
    internal SentencePieceTokenizer(string name, byte[] model, SentencePiece[] pieces, SentencePieceOptions options, int[] beginsWith, int[] endsWith)
    {
        (this.name, this.options, BeginsWith, EndsWith) = (name, options, beginsWith, endsWith);
        tokens = new TokenTable([.. pieces.Select(BytesOf)]);
        unknown = Array.FindIndex(pieces, piece => piece.Kind is SentencePieceKind.Unknown);
        control = new AddedTokens(pieces.Select((piece, id) => (piece, id)).Where(pair => pair.piece.Kind is SentencePieceKind.Control or SentencePieceKind.Unknown).Select(pair => new AddedToken(pair.piece.Text, pair.id)));
        if (!options.IsUnigram)
        {
            merges = new SentencePieceMerges(pieces);
            return;
        }

        try
        {
            using var stream = new MemoryStream(model);
            unigram = Microsoft.ML.Tokenizers.SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false, specialTokens: null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new CheckpointException($"{name} is no model that Microsoft.ML.Tokenizers can read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public int Vocabulary => tokens.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> BeginsWith { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> EndsWith { get; }

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        UnicodeText.Check(text);
        return control.Encode(text, (piece, _) => EncodePiece(piece));
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids)
    {
        string text = tokens.Decode(ids);
        return options.AddDummyPrefix && text.StartsWith(' ') ? text[1..] : text;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int id) => tokens[id];

    /// <inheritdoc/>
    /// <exception cref="TokenizerException">Always: there is no writing of it as JSON that reads back with the same ids.</exception>
    public void WriteTo(Utf8JsonWriter json) =>
        throw new TokenizerException($"A tokenizer of SentencePiece's cannot be written as tokenizer.json; copy {name} instead.");

    /// <summary>Whether a piece is the writing of a byte, as in &lt;0x0A&gt;.</summary>
    internal static bool IsByte(string piece, out byte value)
    {
        value = 0;
        return piece.Length == 6 && piece.StartsWith("<0x", StringComparison.Ordinal) && piece[5] == '>'
            && byte.TryParse(piece.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static byte[] BytesOf(SentencePiece piece) => piece.Kind switch
    {
        SentencePieceKind.Byte => IsByte(piece.Text, out byte value) ? [value] : [],
        SentencePieceKind.Control => [],
        SentencePieceKind.Unknown => Encoding.UTF8.GetBytes(" ⁇ "),
        _ => Encoding.UTF8.GetBytes(piece.Text.Replace(Space, ' ')),
    };

    // nmt_nfkc takes these away, which Microsoft.ML.Tokenizers does not
    private static string WithoutControls(string text) => new([.. text.Where(character =>
        character is not ((>= '\u0001' and <= '\u0008') or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F' or '\u008F' or '\u009F'))]);

    private List<int> EncodePiece(string text)
    {
        if (merges is not null)
        {
            return merges.Encode(((options.AddDummyPrefix ? " " : "") + text).Replace(' ', Space));
        }

        var ids = new List<int>();
        foreach (int id in EncodeUnigram(options.NormalizerBytes > 0 ? WithoutControls(text) : text))
        {
            // SentencePiece gives one unknown for a run of them, Microsoft.ML.Tokenizers one for each
            if (id != unknown || ids.Count == 0 || ids[^1] != unknown)
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private IReadOnlyList<int> EncodeUnigram(string text)
    {
        try
        {
            return unigram!.EncodeToIds(text, addBeginningOfSentence: false, addEndOfSentence: false);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or InvalidOperationException)
        {
            throw new TokenizerException($"{name} cannot be followed for this text: {e.Message}", e);
        }
    }
}
