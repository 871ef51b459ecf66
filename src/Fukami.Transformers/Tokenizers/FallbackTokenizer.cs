using System.Text;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>
/// Byte-pair encoding over characters in which ▁ stands for a space, with bytes for characters that have no token, as the
/// <c>tokenizer.json</c> of Llama 2, Mistral and Gemma has it.
/// </summary>
public sealed class FallbackTokenizer : ITokenizer
{
    private readonly string[] vocabulary;
    private readonly IReadOnlyList<(string Left, string Right)> pairs;
    private readonly RankedMerges merges;
    private readonly Dictionary<string, int>? whole;
    private readonly AddedTokens added;
    private readonly SpacePieces words;
    private readonly TokenTable tokens;
    private readonly Dictionary<string, string> frame;

    private FallbackTokenizer(JsonNodeReader root, Dictionary<string, int> ids, IReadOnlyList<(string Left, string Right)> pairs, bool ignoreMerges, List<AddedToken> addedTokens, TokenizerConfig config)
    {
        this.pairs = pairs;
        words = new SpacePieces(root);
        merges = new RankedMerges(root, ids, pairs);
        whole = ignoreMerges ? ids : null;
        added = new AddedTokens(addedTokens, words.Normalize);
        var all = new Dictionary<string, int>(ids, StringComparer.Ordinal);
        foreach (AddedToken token in addedTokens)
        {
            if (all.TryGetValue(token.Text, out int known) && known != token.Id)
            {
                throw root.Error($"gives the token {Excerpt.Of(token.Text)} two ids");
            }

            all[token.Text] = token.Id;
        }

        vocabulary = VocabularyOrder.Of(root, all);
        var special = new HashSet<string>(addedTokens.Where(token => token.IsSpecial).Select(token => token.Text), StringComparer.Ordinal);
        tokens = new TokenTable([.. vocabulary.Select(token => SentencePieceTokenizer.IsByte(token, out byte value) ? [value] : Encoding.UTF8.GetBytes(special.Contains(token) ? token : token.Replace('▁', ' ')))]);
        (string[] before, string[] behind) = Surroundings.Read(root, config);
        (BeginsWith, EndsWith) = (Surroundings.Ids(root, before, all), Surroundings.Ids(root, behind, all));
        frame = ((string[])["normalizer", "pre_tokenizer", "decoder"]).ToDictionary(name => name, name => root.Find(name)?.Raw ?? "null", StringComparer.Ordinal);
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
        return added.Encode(text, (piece, isFirst) =>
        {
            var ids = new List<int>(piece.Length);
            foreach (string word in words.Words(piece, isFirst))
            {
                if (whole is not null && whole.TryGetValue(word, out int id))
                {
                    ids.Add(id);
                }
                else
                {
                    merges.Encode(word, ids);
                }
            }

            return ids;
        });
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids) => tokens.Decode(ids) is var text && words.StripsSpace && text.StartsWith(' ') ? text[1..] : text;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int id) => tokens[id];

    /// <inheritdoc/>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("version"u8, "1.0"u8);
        json.WriteNull("truncation"u8);
        json.WriteNull("padding"u8);
        added.WriteTo(json);
        foreach ((string name, string raw) in frame)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(raw);
        }

        Surroundings.Write(json, BeginsWith, EndsWith, vocabulary);
        json.WriteStartObject("model"u8);
        json.WriteString("type"u8, "BPE"u8);
        json.WriteBoolean("fuse_unk"u8, true);
        json.WriteBoolean("byte_fallback"u8, true);
        json.WriteBoolean("ignore_merges"u8, whole is not null);
        json.WriteStartObject("vocab"u8);
        for (int id = 0; id < vocabulary.Length; id++)
        {
            json.WriteNumber(vocabulary[id], id);
        }

        json.WriteEndObject();
        json.WriteStartArray("merges"u8);
        foreach ((string left, string right) in pairs)
        {
            json.WriteStartArray();
            json.WriteStringValue(left);
            json.WriteStringValue(right);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The tokenizer of a <c>tokenizer.json</c> whose model is BPE with <c>byte_fallback</c>.</summary>
    /// <exception cref="CheckpointException">It contradicts itself, or asks for what Fukami does not do.</exception>
    internal static FallbackTokenizer Read(JsonNodeReader root, JsonNodeReader model, List<(string Token, int Id)> entries, TokenizerConfig config)
    {
        var ids = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        foreach ((string token, int id) in entries)
        {
            ids[token] = id;
        }

        return new FallbackTokenizer(root, ids, [.. model["merges"].Items().Select(Pair)], model.Find("ignore_merges")?.Flag() == true, AddedTokens.Read(root), config);
    }

    private static (string Left, string Right) Pair(JsonNodeReader merge)
    {
        string[] sides = merge.IsText ? merge.Text().Split(' ') : [.. merge.Items().Take(3).Select(side => side.Text())];
        return sides.Length == 2 && sides[0].Length > 0 && sides[1].Length > 0 ? (sides[0], sides[1]) : throw merge.Error("must be two tokens");
    }
}
