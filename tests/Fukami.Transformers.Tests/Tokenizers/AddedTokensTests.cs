using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fukami.Transformers.Tests;

/// <summary>Ids that Hugging Face's tokenizers gave where files add tokens, normalize to NFC, or fall back to bytes; tests/tokenizers records them.</summary>
public sealed class AddedTokensTests : IDisposable
{
    private static readonly JsonNode Recorded = JsonNode.Parse(Resource("added.json.gz"))!;
    private static readonly string[] Texts = Recorded["texts"]!.Deserialize<string[]>()!;
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Form_C_is_that_of_another_implementation_and_does_not_depend_on_the_system()
    {
        Assert.Equal(Recorded["composed"]!.Deserialize<string[]>()!, Texts.Select(CanonicalComposition.Of));
        Assert.Equal("\u00e9\u1ec7\uac01\u304c\u00c5\u0915\u093c", CanonicalComposition.Of("e\u0301e\u0323\u0302\u1100\u1161\u11a8\u304b\u3099\u212b\u0958"));
        Assert.Equal("\u0105\u0301\u0301", CanonicalComposition.Of("a\u0301\u0328\u0301"));
    }

    [Fact]
    public void In_invariant_mode_the_frameworks_own_normalization_leaves_a_text_as_it_is()
    {
        Assert.True(AppContext.TryGetSwitch("System.Globalization.Invariant", out bool isInvariant) && isInvariant);
        Assert.Equal("e\u0301", "e\u0301".Normalize(NormalizationForm.FormC));
        Assert.Equal("\u00e9", "\u00e9".Normalize(NormalizationForm.FormD));
        Assert.Equal("\u00e9", CanonicalComposition.Of("e\u0301"));
    }

    [Theory]
    [InlineData("llama2")]
    [InlineData("mistral")]
    [InlineData("gemma")]
    [InlineData("qwen2")]
    [InlineData("bert")]
    public void Ids_are_those_of_Hugging_Face_also_after_writing_and_reading(string name)
    {
        WriteFile(name);
        ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
        Compare(name, tokenizer);
        TokenizerJson.Write(folder.File("tokenizer.json"), tokenizer);
        ITokenizer again = TokenizerFiles.Open(folder.Path)!;
        Compare(name, again);
        Assert.Equal(tokenizer.BeginsWith, again.BeginsWith);
    }

    [Theory]
    [InlineData("llama2", "<s>", 1)]
    [InlineData("qwen2", "<|endoftext|>", 50256)]
    [InlineData("bert", "[MASK]", 4)]
    public void A_special_tokens_name_within_a_text_is_that_token(string name, string token, int id)
    {
        WriteFile(name);
        ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
        Assert.Equal([.. tokenizer.Encode("the"), id, .. tokenizer.Encode("river")], tokenizer.Encode($"the{token}river"));
    }

    [Fact]
    public void Byte_fallback_gives_back_every_text_that_has_no_special_token()
    {
        WriteFile("llama2");
        ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
        foreach (string text in (string[])["the river", " the  river ", "𠮷野家 👩‍👩‍👧‍👦", "\n\t", "深さ"])
        {
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        }

        Assert.Equal(tokenizer.Encode("<0x0A>the").Length, tokenizer.Encode("<0x0B>the").Length);
    }

    [Fact]
    public void A_tokenizer_json_that_cannot_be_followed_gives_way_to_tokenizer_model_beside_it()
    {
        JsonNode file = File("llama2");
        file["normalizer"] = new JsonObject { ["type"] = "Nmt" };
        folder.Write("tokenizer.json", file.ToJsonString());
        Assert.Contains("Nmt", Assert.Throws<CheckpointException>(() => TokenizerFiles.Open(folder.Path)).Message, StringComparison.Ordinal);
        System.IO.File.WriteAllBytes(folder.File("tokenizer.model"), Resource("llama.model"));
        ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
        Assert.IsType<SentencePieceTokenizer>(tokenizer);
        Assert.Equal([1, .. tokenizer.Encode("the")], tokenizer.Encode("<s>the"));
        System.IO.File.WriteAllText(folder.File("tokenizer.model"), "no model");
        Assert.Contains("Nmt", Assert.Throws<CheckpointException>(() => TokenizerFiles.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer.json", "llama2")]
    [InlineData("tokenizer.json", "bert")]
    [InlineData("tokenizer.model", "unigram.model")]
    [InlineData("vocab.json", "")]
    [InlineData("merges.txt", "")]
    public void A_damaged_file_gives_a_sentence_or_a_tokenizer_and_takes_little_memory(string name, string source)
    {
        byte[] good = Good(name, source);
        var random = new Random(5);
        int refused = 0;
        int runs = name is "tokenizer.model" ? 60 : 200;
        Open(name, good);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < runs; i++)
        {
            refused += Open(name, Mutations.Of(good, random)) ? 0 : 1;
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / runs, 0, 200L * (good.Length + 40_000));
        Assert.InRange(refused, 1, runs);
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(AddedTokensTests).Assembly.GetManifestResourceStream("tokens." + name)!;
        using Stream plain = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var bytes = new MemoryStream();
        plain.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static JsonNode File(string name)
    {
        JsonNode file = Recorded["files"]![name]!.DeepClone();
        if (name is "qwen2")
        {
            string[] merges = Encoding.UTF8.GetString(Resource("gpt2-merges.txt.gz")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string[] tokens = [.. ByteAlphabet.Order.Select(value => ByteAlphabet.Write([value])), .. merges.Select(line => line.Replace(" ", "", StringComparison.Ordinal)), "<|endoftext|>"];
            file["model"]!["vocab"] = Vocabulary(tokens);
            file["model"]!["merges"] = JsonSerializer.SerializeToNode(merges);
        }
        else if (name is "bert")
        {
            file["model"]!["vocab"] = Vocabulary(Encoding.UTF8.GetString(Resource("vocab.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return file;
    }

    private static JsonNode Vocabulary(string[] tokens) =>
        JsonSerializer.SerializeToNode(tokens.Select((token, id) => KeyValuePair.Create(token, id)).ToDictionary(StringComparer.Ordinal))!;

    private static void Compare(string name, ITokenizer tokenizer)
    {
        int[][] expected = Recorded["ids"]![name]!.Deserialize<int[][]>()!;
        string[] wrong = [.. Texts.Select((text, i) => (text, want: string.Join(' ', expected[i]), got: string.Join(' ', tokenizer.Encode(text))))
            .Where(one => !string.Equals(one.want, one.got, StringComparison.Ordinal)).Select(one => $"{JsonSerializer.Serialize(one.text)}: {one.want} became {one.got}")];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {Texts.Length} texts: {string.Join('\n', wrong.Take(4))}");
        Assert.InRange(Texts.Length, 200, 400);
    }

    private void WriteFile(string name) => folder.Write("tokenizer.json", File(name).ToJsonString());

    // a small vocabulary and its merges for the older form of two files
    private byte[] Good(string name, string source)
    {
        if (name is "tokenizer.model")
        {
            return Resource(source);
        }

        if (name is "tokenizer.json")
        {
            return Encoding.UTF8.GetBytes(File(source).ToJsonString());
        }

        BytePairTokenizer tokenizer = BytePairTokenizer.Train("the river carries warm stones, the stones carry the river", 270);
        string[] merges = [.. tokenizer.Merges];
        string[] tokens = [.. ByteAlphabet.Order.Select(value => ByteAlphabet.Write([value])), .. merges.Select(line => line.Replace(" ", "", StringComparison.Ordinal))];
        folder.Write("vocab.json", Vocabulary(tokens).ToJsonString());
        folder.Write("merges.txt", "#version: 0.2\n" + string.Join('\n', merges) + "\n");
        return System.IO.File.ReadAllBytes(folder.File(name));
    }

    private bool Open(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(folder.File(name), bytes);
        try
        {
            ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
            Assert.All(tokenizer.Encode("the warm 川 <s> [MASK] stones"), id => Assert.InRange(id, 0, tokenizer.Vocabulary - 1));
            return true;
        }
        catch (Exception e) when (e is CheckpointException or TokenizerException)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            return false;
        }
    }
}
