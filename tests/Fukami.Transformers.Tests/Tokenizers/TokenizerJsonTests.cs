using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fukami.Transformers.Tests;

public sealed class TokenizerJsonTests : IDisposable
{
    private const string Text = "the cat sat on the mat; 日本語の日本 😀 the end";
    private readonly TestFolder folder = new();
    private readonly BytePairTokenizer tokenizer = BytePairTokenizer.Train(Text, 280);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_stored_tokenizer_is_the_same_tokenizer()
    {
        TokenizerJson.Write(folder.File("tokenizer.json"), tokenizer);
        var read = Assert.IsType<BytePairTokenizer>(TokenizerJson.Read(folder.File("tokenizer.json")));
        Assert.Equal(tokenizer.Merges, read.Merges);
        Assert.Equal(tokenizer.Encode(Text), read.Encode(Text));
        TokenizerJson.Write(folder.File("again.json"), read);
        Assert.Equal(File.ReadAllText(folder.File("tokenizer.json")), File.ReadAllText(folder.File("again.json")));
    }

    [Fact]
    public void Special_tokens_are_kept_and_found_in_a_text()
    {
        JsonObject json = Valid();
        json["added_tokens"] = new JsonArray(new JsonObject { ["id"] = tokenizer.Vocabulary, ["content"] = "<|endoftext|>" });
        var read = (BytePairTokenizer)Read(json);
        Assert.Equal(tokenizer.Vocabulary + 1, read.Vocabulary);
        Assert.Equal(tokenizer.Vocabulary, read.SpecialTokens["<|endoftext|>"]);
        Assert.Equal("<|endoftext|>", read.Decode([tokenizer.Vocabulary]));
        Assert.Contains(tokenizer.Vocabulary, read.Encode("a<|endoftext|>b"));
        TokenizerJson.Write(folder.File("tokenizer.json"), read);
        Assert.Equal(tokenizer.Vocabulary, ((BytePairTokenizer)TokenizerJson.Read(folder.File("tokenizer.json"))).SpecialTokens["<|endoftext|>"]);
    }

    [Fact]
    public void Merges_may_be_pairs_as_newer_files_have_them()
    {
        JsonObject json = Valid();
        json["model"]!["merges"] = new JsonArray([.. tokenizer.Merges.Select(merge => new JsonArray([.. merge.Split(' ').Select(side => JsonValue.Create(side))]))]);
        Assert.Equal(tokenizer.Merges, ((BytePairTokenizer)Read(json)).Merges);
    }

    [Fact]
    public void GPT2s_two_files_are_read()
    {
        JsonObject vocabulary = Valid()["model"]!["vocab"]!.AsObject();
        vocabulary["<|endoftext|>"] = tokenizer.Vocabulary;
        string vocabularyPath = folder.Write("vocab.json", vocabulary.ToJsonString());
        string mergesPath = folder.Write("merges.txt", "#version: 0.2\n" + string.Join("\r\n", tokenizer.Merges) + "\n\n");
        BytePairTokenizer read = TokenizerJson.Read(vocabularyPath, mergesPath);
        Assert.Equal(tokenizer.Vocabulary + 1, read.Vocabulary);
        Assert.Equal(tokenizer.Encode(Text), read.Encode(Text));
        Assert.Equal(tokenizer.Vocabulary, read.SpecialTokens["<|endoftext|>"]);
    }

    [Fact]
    public void What_a_file_asks_for_and_Fukami_does_not_do_is_refused()
    {
        Refused(json => json["normalizer"] = new JsonObject { ["type"] = "NFKC" }, "normalizer");
        Refused(json => json["post_processor"] = new JsonObject { ["type"] = "TemplateProcessing" }, "post_processor");
        Refused(json => json["pre_tokenizer"]!["type"] = "Metaspace", "Metaspace");
        Refused(json => json["pre_tokenizer"]!["add_prefix_space"] = true, "space before");
        Refused(json => json["pre_tokenizer"]!["use_regex"] = false, "cut");
        Refused(json => json["model"]!["type"] = "Unigram", "Unigram");
        Refused(json => json["model"]!["byte_fallback"] = true, "byte_fallback");
        Refused(json => json["model"]!["end_of_word_suffix"] = "</w>", "end_of_word_suffix");
    }

    [Fact]
    public void A_vocabulary_that_contradicts_itself_is_refused()
    {
        Refused(json => json["model"]!["vocab"]!["!"] = 1, "another token has");
        Refused(json => json["model"]!["vocab"]!["!"] = -1, "-1");
        Refused(json => json["model"]!["vocab"]!["!"] = 1.5, "model.vocab.!");
        Refused(json => json["model"]!["vocab"]!.AsObject().Remove("Ġ"), "must be those");
        Refused(json => Replace(json["model"]!["vocab"]!.AsObject(), "Ġ", "ĠĠĠĠ"), "0x20");
        Refused(json => json["model"]!["merges"]!.AsArray().Add("q z"), "\"qz\"");
        Refused(json => json["model"]!["merges"]!.AsArray().Add("q"), "\"q\"");
        Refused(json => json["model"]!["merges"]!.AsArray().Add(tokenizer.Merges[0]), "twice");
        Refused(json => json["model"]!["merges"] = 5, "list");
        Refused(json => json.Remove("model"), "model");
        Refused(json => json["added_tokens"] = new JsonArray(new JsonObject { ["id"] = 3, ["content"] = "!" }), "two ids");
    }

    [Fact]
    public void Files_that_are_not_JSON_or_not_there_are_refused()
    {
        foreach (string text in (string[])["", "{", "[]", "null", "{\"a\":1,\"a\":2}", new string('[', 1000)])
        {
            Assert.Throws<CheckpointException>(() => TokenizerJson.Read(folder.Write("tokenizer.json", text)));
        }

        Assert.Throws<CheckpointException>(() => TokenizerJson.Read(folder.File("missing.json")));
        Assert.Throws<CheckpointException>(() => TokenizerJson.Read(folder.Path));
        Assert.Throws<CheckpointException>(() => TokenizerJson.Read(folder.Write("vocab.json", Valid()["model"]!["vocab"]!.ToJsonString()), folder.Write("merges.txt", [0xFF, 0xFE, 0x00])));
    }

    [Fact]
    public void No_damaged_file_does_more_than_be_refused()
    {
        TokenizerJson.Write(folder.File("bytes.json"), BytePairTokenizer.Train("abab abab", 259));
        TokenizerJson.Write(folder.File("characters.json"), CharacterTokenizer.Train("ab深😀"));
        var random = new Random(1);
        int refused = 0;
        foreach (string name in (string[])["bytes.json", "characters.json"])
        {
            byte[] valid = File.ReadAllBytes(folder.File(name));
            for (int i = 0; i < 1500; i++)
            {
                byte[] bytes = Mutations.Of(valid, random);
                string path = folder.Write("fuzz.json", bytes);
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    ITokenizer read = TokenizerJson.Read(path);
                    int[] ids = read.Encode("ab");
                    Assert.Equal("ab", read.Decode(ids));
                }
                catch (Exception e) when (e is CheckpointException or TokenizerException)
                {
                    refused++;
                }

                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(allocated < 1_000_000 + (100 * bytes.Length), $"{bytes.Length} bytes made the reader allocate {allocated}.");
            }
        }

        Assert.InRange(refused, 1000, 2999);
    }

    private JsonObject Valid()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            tokenizer.WriteTo(json);
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!.AsObject();
    }

    private ITokenizer Read(JsonObject json) => TokenizerJson.Read(folder.Write("tokenizer.json", json.ToJsonString()));

    private void Refused(Action<JsonObject> damage, string complaint)
    {
        JsonObject json = Valid();
        damage(json);
        Assert.Contains(complaint, Assert.Throws<CheckpointException>(() => Read(json)).Message, StringComparison.Ordinal);
    }

    private static void Replace(JsonObject vocabulary, string token, string other)
    {
        int id = vocabulary[token]!.GetValue<int>();
        vocabulary.Remove(token);
        vocabulary[other] = id;
    }
}
