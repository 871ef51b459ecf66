using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Fukami.Transformers.Tests;

/// <summary>Ids that other implementations gave for 1000 texts in ten scripts; tests/tokenizers records them.</summary>
public sealed class RecordedTokensTests : IDisposable
{
    private static readonly JsonElement Pairs = JsonDocument.Parse(Resource("pairs.json.gz")).RootElement;
    private static readonly string[] Texts = [.. Pairs.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Gpt2_ids_are_those_of_gpt_3_encoder_and_every_text_comes_back()
    {
        WriteGpt2();
        ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
        Assert.Equal(50257, tokenizer.Vocabulary);
        Compare("gpt2", tokenizer);
        Assert.All(Texts, text => Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text))));
        Assert.All(Texts.Take(200), text => Assert.Equal(text, Streamed(tokenizer, text)));
    }

    [Fact]
    public void Files_without_a_word_pattern_are_refused_where_another_tokenizer_than_Gpt2s_is_named()
    {
        WriteGpt2();
        folder.Write("tokenizer_config.json", """{"tokenizer_class": "Qwen2Tokenizer"}""");
        Assert.Contains("Qwen2Tokenizer", Assert.Throws<CheckpointException>(() => TokenizerFiles.Open(folder.Path)).Message, StringComparison.Ordinal);
        folder.Write("tokenizer_config.json", """{"tokenizer_class": "GPT2Tokenizer"}""");
        Assert.NotNull(TokenizerFiles.Open(folder.Path));
    }

    [Fact]
    public void Qwen2_words_give_the_ids_of_Hugging_Face_also_after_writing_and_reading()
    {
        WriteGpt2();
        TokenizerJson.Write(folder.File("tokenizer.json"), TokenizerFiles.Open(folder.Path)!);
        string json = File.ReadAllText(folder.File("tokenizer.json"));
        string qwen = JsonSerializer.Serialize(WordPattern.Known[2].Text);
        int at = json.IndexOf("\"pre_tokenizer\"", StringComparison.Ordinal);
        int end = json.IndexOf('}', at) + 1;
        File.WriteAllText(folder.File("tokenizer.json"), json[..at]
            + $$"""
              "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": {{qwen}} }, "behavior": "Isolated", "invert": false},
                {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false}]}
              """ + json[end..]);
        ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
        Compare("qwen2", tokenizer);
        TokenizerJson.Write(folder.File("tokenizer.json"), tokenizer);
        Compare("qwen2", TokenizerFiles.Open(folder.Path)!);
    }

    [Fact]
    public void WordPiece_ids_are_those_of_Hugging_Face_also_after_writing_and_reading()
    {
        File.WriteAllBytes(folder.File("vocab.txt"), Resource("vocab.txt"));
        ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
        Compare("wordPiece", tokenizer);
        Assert.Equal("[CLS] [SEP]", tokenizer.Decode([.. tokenizer.BeginsWith, .. tokenizer.EndsWith]));
        Assert.Equal("the river", tokenizer.Decode(tokenizer.Encode("The RIVER")));
        TokenizerJson.Write(folder.File("tokenizer.json"), tokenizer);
        ITokenizer again = TokenizerFiles.Open(folder.Path)!;
        Compare("wordPiece", again);
        Assert.Equal(tokenizer.BeginsWith, again.BeginsWith);
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("unigram")]
    public void SentencePiece_ids_and_texts_are_its_own(string model)
    {
        File.WriteAllBytes(folder.File("tokenizer.model"), Resource(model + ".model"));
        ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
        Compare(model, tokenizer);
        string[] decoded = [.. Pairs.GetProperty(model + "Text").EnumerateArray().Select(text => text.GetString()!)];
        Assert.Equal(decoded, Texts.Select(text => tokenizer.Decode(tokenizer.Encode(text))));
        Assert.Equal(model is "llama" ? [1] : [], tokenizer.BeginsWith);
    }

    [Theory]
    [InlineData("llama.model", "tokenizer.model")]
    [InlineData("vocab.txt", "vocab.txt")]
    public void A_damaged_file_gives_a_sentence_or_a_tokenizer(string resource, string name)
    {
        byte[] good = Resource(resource);
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] bad = [.. good.AsSpan(0, i % 3 == 0 ? random.Next(good.Length) : good.Length)];
            for (int change = 0; change < 1 + (i % 8) && bad.Length > 0; change++)
            {
                bad[random.Next(i % 2 == 0 ? bad.Length : Math.Min(bad.Length, 400))] = (byte)random.Next(256);
            }

            File.WriteAllBytes(folder.File(name), bad);
            try
            {
                ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
                Assert.All(tokenizer.Encode("the warm 川 stones"), id => Assert.InRange(id, 0, tokenizer.Vocabulary - 1));
            }
            catch (CheckpointException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(RecordedTokensTests).Assembly.GetManifestResourceStream("tokens." + name)!;
        using Stream plain = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var bytes = new MemoryStream();
        plain.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Streamed(ITokenizer tokenizer, string text)
    {
        var stream = new TextStream(tokenizer);
        return string.Concat(tokenizer.Encode(text).Select(stream.Append)) + stream.Finish();
    }

    private static void Compare(string recorded, ITokenizer tokenizer)
    {
        List<string> wrong = [];
        int at = 0;
        foreach (JsonElement ids in Pairs.GetProperty(recorded).EnumerateArray())
        {
            int[] expected = [.. ids.EnumerateArray().Select(id => id.GetInt32())];
            int[] actual = tokenizer.Encode(Texts[at]);
            if (!expected.AsSpan().SequenceEqual(actual))
            {
                wrong.Add($"{JsonSerializer.Serialize(Texts[at])}: {string.Join(' ', expected)} became {string.Join(' ', actual)}");
            }

            at++;
        }

        Assert.Equal(1000, at);
        Assert.True(wrong.Count == 0, $"{wrong.Count} texts: {string.Join('\n', wrong.Take(5))}");
    }

    // GPT-2's ids are the bytes in the order of their writing, then the merges, then the end of a text
    private void WriteGpt2()
    {
        string merges = Encoding.UTF8.GetString(Resource("gpt2-merges.txt.gz"));
        string[] lines = merges.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> tokens = [.. ByteAlphabet.Order.Select(value => ByteAlphabet.Write([value])), .. lines.Select(line => line.Replace(" ", "", StringComparison.Ordinal)), "<|endoftext|>"];
        File.WriteAllText(folder.File("merges.txt"), "#version: 0.2\n" + merges);
        File.WriteAllText(folder.File("vocab.json"), JsonSerializer.Serialize(tokens.Select((token, id) => KeyValuePair.Create(token, id)).ToDictionary(StringComparer.Ordinal)));
    }
}
