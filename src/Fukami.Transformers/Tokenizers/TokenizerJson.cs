using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>
/// Hugging Face's <c>tokenizer.json</c>: byte-level BPE, BPE with bytes for unknown characters, WordPiece, and characters or whole words as
/// a word-level vocabulary. What it asks for and Fukami does not do (other normalizers and pre-tokenizers) is refused, not ignored.
/// </summary>
public static class TokenizerJson
{
    private const string EndOfText = "<|endoftext|>";

    /// <summary>The longest tokenizer file that is read, in bytes.</summary>
    public static int MaximumBytes => 64 << 20;

    /// <summary>Writes a tokenizer as <see cref="AtomicFile"/> does.</summary>
    /// <exception cref="IOException">The disk is full, or another process holds the file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static void Write(string path, ITokenizer tokenizer) => AtomicFile.Write(path, stream => Write(stream, tokenizer));

    /// <summary>Writes the text of a <c>tokenizer.json</c>.</summary>
    internal static void Write(Stream stream, ITokenizer tokenizer)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        tokenizer.WriteTo(json);
    }

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <exception cref="CheckpointException">There is none, or it is not one that Fukami can follow exactly.</exception>
    public static ITokenizer Read(string path) => Read(path, TokenizerConfig.None);

    /// <summary>Reads a <c>tokenizer.json</c> beside which a tokenizer_config.json lies.</summary>
    internal static ITokenizer Read(string path, TokenizerConfig config)
    {
        using JsonDocument json = JsonFile.Read(path, MaximumBytes);
        return JsonFile.Guard(path, () => Read(new JsonNodeReader(Path.GetFileName(path), json.RootElement), config));
    }

    /// <summary>Reads GPT-2's older form: <c>vocab.json</c>, the ids by token, and <c>merges.txt</c>, one pair a line.</summary>
    /// <exception cref="CheckpointException">One of them is missing or not of that form.</exception>
    public static BytePairTokenizer Read(string vocabularyPath, string mergesPath) => Read(vocabularyPath, mergesPath, TokenizerConfig.None);

    /// <summary>Reads GPT-2's older form beside which a tokenizer_config.json lies.</summary>
    internal static BytePairTokenizer Read(string vocabularyPath, string mergesPath, TokenizerConfig config)
    {
        using JsonDocument json = JsonFile.Read(vocabularyPath, MaximumBytes);
        string[] merges = [.. JsonFile.ReadText(mergesPath, MaximumBytes).Split('\n').Select(line => line.TrimEnd('\r'))
            .Where((line, index) => line.Length > 0 && !(index == 0 && line.StartsWith("#version", StringComparison.Ordinal)))];
        return JsonFile.Guard(vocabularyPath, () =>
        {
            var reader = new JsonNodeReader(Path.GetFileName(vocabularyPath), json.RootElement);
            List<(string Token, int Id)> entries = ReadVocabulary(reader);
            AddedToken[] added = [.. entries.Where(entry => entry.Token is EndOfText).Take(1).Select(entry => new AddedToken(entry.Token, entry.Id))];
            (string[] before, string[] behind) = config.Around([], []);
            return BytePairVocabulary.Build(reader, entries, merges, added, WordPattern.OfGpt2, isComposed: false, ignoreMerges: false, before, behind);
        });
    }

    /// <summary>Writes the frame that all tokenizers share.</summary>
    internal static void Write(Utf8JsonWriter json, Action<Utf8JsonWriter> model, Action<Utf8JsonWriter> preTokenizer, string decoder, AddedTokens? added = null, Action<Utf8JsonWriter>? postProcessor = null, Action<Utf8JsonWriter>? normalizer = null)
    {
        json.WriteStartObject();
        json.WriteString("version"u8, "1.0"u8);
        json.WriteNull("truncation"u8);
        json.WriteNull("padding"u8);
        (added ?? AddedTokens.None).WriteTo(json);
        if (normalizer is null)
        {
            json.WriteNull("normalizer"u8);
        }
        else
        {
            normalizer(json);
        }

        json.WriteStartObject("pre_tokenizer"u8);
        preTokenizer(json);
        json.WriteEndObject();
        if (postProcessor is null)
        {
            json.WriteNull("post_processor"u8);
        }
        else
        {
            postProcessor(json);
        }

        json.WriteStartObject("decoder"u8);
        json.WriteString("type"u8, decoder);
        if (string.Equals(decoder, "ByteLevel", StringComparison.Ordinal))
        {
            json.WriteBoolean("add_prefix_space"u8, true);
            json.WriteBoolean("trim_offsets"u8, true);
            json.WriteBoolean("use_regex"u8, true);
        }

        json.WriteEndObject();
        json.WriteStartObject("model"u8);
        model(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ITokenizer Read(JsonNodeReader root, TokenizerConfig config)
    {
        JsonNodeReader model = root["model"];
        string type = model["type"].Text();
        if (type is "WordPiece")
        {
            return WordPieceVocabulary.Read(root, model, ReadVocabulary(model["vocab"]), config);
        }

        if (type is "BPE" && model.Find("byte_fallback")?.Flag() == true)
        {
            return FallbackTokenizer.Read(root, Plain(model), ReadVocabulary(model["vocab"]), config);
        }

        if (root.Find("normalizer") is { } normalizer && !(type is "BPE" && normalizer["type"].Text() is "NFC"))
        {
            throw normalizer.Error($"asks for the normalizer {Excerpt.Of(normalizer["type"].Text())}, which Fukami does not apply before {Excerpt.Of(type)}");
        }

        JsonNodeReader preTokenizer = root["pre_tokenizer"];
        string kind = $"{type} after {preTokenizer["type"].Text()}";
        return kind switch
        {
            "BPE after ByteLevel" or "BPE after Sequence" => ReadBytePairs(root, model, preTokenizer, config),
            "WordLevel after Split" => root.Find("post_processor") is { } post
                ? throw post.Error("asks for tokens around the text, which Fukami does not add to words and characters")
                : ReadWords(model["vocab"], preTokenizer["pattern"]["Regex"]),
            _ => throw root.Error($"asks for the tokenizer {Excerpt.Of(kind)}; Fukami reads BPE after ByteLevel or with byte_fallback, WordPiece, and single characters or whole words as WordLevel after Split"),
        };
    }

    private static ITokenizer ReadWords(JsonNodeReader vocabulary, JsonNodeReader pattern) => pattern.Text() is CharacterTokenizer.Pattern
        ? CharacterVocabulary.Build(vocabulary, ReadVocabulary(vocabulary))
        : WordVocabulary.Build(vocabulary, pattern, ReadVocabulary(vocabulary));

    private static BytePairTokenizer ReadBytePairs(JsonNodeReader root, JsonNodeReader model, JsonNodeReader preTokenizer, TokenizerConfig config)
    {
        WordPattern pattern = ReadPattern(preTokenizer);
        (string[] before, string[] behind) = Surroundings.Read(root, config);
        bool ignoreMerges = model.Find("ignore_merges")?.Flag() == true;
        return BytePairVocabulary.Build(root, ReadVocabulary(model["vocab"]), [.. Plain(model)["merges"].Items().Select(Merge)], AddedTokens.Read(root), pattern, root.Find("normalizer") is not null, ignoreMerges, before, behind);
    }

    private static JsonNodeReader Plain(JsonNodeReader model)
    {
        foreach (string property in (string[])["continuing_subword_prefix", "end_of_word_suffix", "dropout"])
        {
            if (model.Find(property) is { } given && !(given.IsText && given.Text().Length == 0))
            {
                throw given.Error("is set, which BPE as Fukami does it has no use for");
            }
        }

        return model;
    }

    /// <summary>ByteLevel with GPT-2's pattern, or a Split by a known pattern and ByteLevel without one.</summary>
    private static WordPattern ReadPattern(JsonNodeReader preTokenizer)
    {
        JsonNodeReader[] steps = preTokenizer["type"].Text() is "Sequence" ? [.. preTokenizer["pretokenizers"].Items().Take(3)] : [preTokenizer];
        JsonNodeReader last = steps.Length > 0 ? steps[^1] : preTokenizer;
        if (last["type"].Text() is not "ByteLevel" || steps.Length > 2)
        {
            throw preTokenizer.Error($"asks for the pre-tokenizers {Excerpt.Of(string.Join(", ", steps.Select(step => step["type"].Text())))}; Fukami reads ByteLevel, alone or after one Split");
        }

        bool ownWords = last.Find("use_regex")?.Flag() ?? true;
        if (last.Find("add_prefix_space")?.Flag() == true || ownWords != (steps.Length == 1))
        {
            throw preTokenizer.Error("asks for a space before the text, or for no cut into words or for two, which Fukami does not do");
        }

        if (ownWords)
        {
            return WordPattern.OfGpt2;
        }

        JsonNodeReader split = steps[0];
        if (split["type"].Text() is not "Split" || split["behavior"].Text() is not "Isolated" || split.Find("invert")?.Flag() == true)
        {
            throw preTokenizer.Error($"asks for the pre-tokenizer {Excerpt.Of(split["type"].Text())} in a way that Fukami does not follow; before ByteLevel it reads a Split that is Isolated");
        }

        JsonNodeReader regex = split["pattern"]["Regex"];
        return WordPattern.Find(regex.Text()) ?? throw regex.Error($"is {Excerpt.Of(regex.Text())}; Fukami knows the patterns of GPT-2, Llama 3 and Qwen 2");
    }

    /// <summary>"left right", or ["left", "right"] as newer files have it.</summary>
    private static string Merge(JsonNodeReader merge)
    {
        if (merge.IsText)
        {
            return merge.Text();
        }

        string[] sides = [.. merge.Items().Take(3).Select(side => side.Text())];
        return sides.Length == 2 ? $"{sides[0]} {sides[1]}" : throw merge.Error("must be two tokens");
    }

    private static List<(string Token, int Id)> ReadVocabulary(JsonNodeReader vocabulary) =>
        [.. vocabulary.Properties().Select(property => (property.Name, property.Value.Number()))];
}
