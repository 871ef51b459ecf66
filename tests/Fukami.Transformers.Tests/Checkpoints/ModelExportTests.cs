using System.Text.Json;
using System.Text.Json.Nodes;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>What an exported folder holds beside the weights, and what becomes of a folder that is there already.</summary>
public sealed class ModelExportTests : IDisposable
{
    private static readonly TransformerSettings Llama = new()
    {
        Vocabulary = 1000,
        Length = 24,
        Depth = 1,
        Width = 16,
        Heads = 2,
        Norm = "rms",
        Activation = "swiglu",
        Positions = "rotary",
        FeedForwardWidth = 24,
        Bias = false,
    };

    private readonly TestFolder source = new();
    private readonly TestFolder target = new();

    public void Dispose()
    {
        source.Dispose();
        target.Dispose();
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("mistral")]
    [InlineData("fukami")]
    public void An_exported_folder_has_the_tokenizers_files_byte_for_byte_and_writes_the_same_text(string family)
    {
        WriteLlama();
        source.Write("tokenizer.model", Resource("llama.model"));
        source.Write("tokenizer_config.json", """{"tokenizer_class": "LlamaTokenizer", "add_bos_token": false, "bos_token": "<s>"}""");
        source.Write("special_tokens_map.json", """{"bos_token": "<s>"}""");
        source.Write("generation_config.json", """{"eos_token_id": [2, 17], "temperature": 0.6}""");
        ModelFolder opened = ModelFolder.Open(source.Path);
        IReadOnlyList<string> files = opened.Export(target.Path, family);
        Assert.Equal(target.Names, files.Order(StringComparer.Ordinal));
        foreach (string name in (string[])["tokenizer.model", "tokenizer_config.json", "special_tokens_map.json", "generation_config.json"])
        {
            Assert.Equal(File.ReadAllBytes(source.File(name)), File.ReadAllBytes(target.File(name)));
        }

        ModelFolder again = ModelFolder.Open(target.Path);
        Assert.Equal([2, 17], again.StopTokens);
        Assert.Empty(again.Tokenizer!.BeginsWith);
        Assert.Equal(Written(opened), Written(again));
    }

    [Theory]
    [InlineData("""{"bos_token_id": 1, "eos_token_id": [2, 5], "pad_token_id": 0}""", new[] { 2, 5 })]
    [InlineData("""{"bos_token_id": null, "eos_token_id": 7}""", new[] { 7 })]
    [InlineData("""{"eos_token_id": null}""", new int[0])]
    [InlineData("{}", new[] { 2 })]
    public void Special_tokens_of_config_json_are_kept_through_our_own_family_too(string ids, int[] stops)
    {
        WriteLlama(ids);
        ModelFolder.Open(source.Path).Export(target.Path, "fukami");
        Assert.Equal(stops, ModelFolder.Open(target.Path).StopTokens);
        using var third = new TestFolder();
        ModelFolder.Open(target.Path).Export(third.Path, "llama");
        Assert.Equal(stops, ModelFolder.Open(third.Path).StopTokens);
        JsonObject first = Config(source), last = Config(third);
        foreach ((string name, int? otherwise) in ((string, int?)[])[("bos_token_id", 1), ("eos_token_id", 2), ("pad_token_id", null)])
        {
            Assert.Equal(Id(first, name, otherwise), Id(last, name, otherwise));
        }

        static string Id(JsonObject config, string name, int? otherwise) => config.TryGetPropertyValue(name, out JsonNode? id) ? id?.ToJsonString() ?? "null" : otherwise is { } left ? FormattableString.Invariant($"{left}") : "null";
    }

    [Theory]
    [InlineData("gpt2", 50_256)]
    [InlineData("llama", 2)]
    [InlineData("mistral", 2)]
    [InlineData("gemma2", 1)]
    [InlineData("qwen2", null)]
    [InlineData("bert", null)]
    public void A_family_ends_a_text_as_its_class_does_where_config_json_says_nothing(string family, int? end)
    {
        ModelFamily known = ModelFamilies.Find(family)!;
        SpecialTokenIds left = SpecialTokenIds.Read(new JsonNodeReader("config.json", JsonDocument.Parse("{}").RootElement), known.DefaultTokens);
        Assert.Equal(end is { } id ? [id] : [], left.End);
        SpecialTokenIds none = SpecialTokenIds.Read(new JsonNodeReader("config.json", JsonDocument.Parse("""{"eos_token_id": null}""").RootElement), known.DefaultTokens);
        Assert.Empty(none.End);
    }

    [Theory]
    [InlineData("config.json", """{"eos_token_id": "end"}""")]
    [InlineData("config.json", """{"eos_token_id": [1, "end"]}""")]
    [InlineData("config.json", """{"bos_token_id": 1.5}""")]
    [InlineData("generation_config.json", """{"pad_token_id": {}}""")]
    [InlineData("generation_config.json", "[")]
    public void Special_tokens_that_are_no_ids_are_refused_by_file(string name, string text)
    {
        WriteLlama(name is "config.json" ? text : "{}");
        if (name is not "config.json")
        {
            source.Write(name, text);
        }

        Assert.Contains(name, Assert.Throws<CheckpointException>(() => ModelFolder.Open(source.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Our_own_tokenizer_is_written_so_that_Hugging_Faces_library_opens_it()
    {
        var tokenizer = new WordTokenizer(["a", " b", "c", "d", "e", "f", "g", "h"]);
        ModelFolder.Export(target.Path, Small.Init(Small.Model()), tokenizer, "gpt2");
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"], target.Names);
        Assert.Equal("PreTrainedTokenizerFast", JsonNode.Parse(File.ReadAllText(target.File("tokenizer_config.json")))!["tokenizer_class"]!.GetValue<string>());
        Assert.Equal(tokenizer.Words, Assert.IsType<WordTokenizer>(ModelFolder.Open(target.Path).Tokenizer).Words);
        Assert.Null(Config(target)["eos_token_id"]);
        Assert.Empty(ModelFolder.Open(target.Path).StopTokens);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("generation_config.json")]
    [InlineData("model-00001-of-00002.safetensors")]
    [InlineData("model.safetensors.index.json")]
    [InlineData("pytorch_model.bin")]
    [InlineData("tokenizer.model")]
    [InlineData("merges.txt")]
    [InlineData("tokenizer_config.json")]
    public void A_folder_with_a_file_of_another_model_is_refused_and_stays_as_it_is(string name)
    {
        target.Write(name, "of another model");
        CheckpointException error = Assert.Throws<CheckpointException>(() => ModelFolder.Export(target.Path, Small.Init(Small.Model()), tokenizer: null, "gpt2"));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Equal([name], target.Names);
        Assert.Equal("of another model", File.ReadAllText(target.File(name)));
    }

    [Fact]
    public void Files_that_are_no_models_stay_beside_an_export()
    {
        target.Write("README.md", "mine");
        target.Write(".config.json.tmp", "left by a process that was killed");
        ModelFolder.Export(target.Path, Small.Init(Small.Model()), tokenizer: null, "gpt2");
        Assert.Equal(["README.md", "config.json", "model.safetensors"], target.Names);
        Assert.Equal("mine", File.ReadAllText(target.File("README.md")));
    }

    [Fact]
    public void A_failure_leaves_nothing_behind()
    {
        WriteLlama();
        source.Write("tokenizer.model", Resource("llama.model"));
        ModelFolder opened = ModelFolder.Open(source.Path);
        target.Write("README.md", "mine");
        Assert.Throws<TokenizerException>(() => ModelFolder.Export(target.Path, opened.Model, opened.Tokenizer, "llama"));
        Assert.Equal(["README.md"], target.Names);
        Assert.Throws<TokenizerException>(() => ModelFolder.Export(target.File("new"), opened.Model, opened.Tokenizer, "llama"));
        Assert.Equal(["README.md"], target.Names);
        Assert.Throws<CheckpointException>(() => ModelFolder.Export(target.File("README.md"), opened.Model, tokenizer: null, "llama"));
        Assert.Throws<SettingsException>(() => ModelFolder.Export(target.File("new"), opened.Model, tokenizer: null, "gpt2"));
        Assert.Throws<SettingsException>(() => ModelFolder.Export(target.File("new"), opened.Model, tokenizer: null, "t5"));
        Assert.Equal(["README.md"], target.Names);
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(ModelExportTests).Assembly.GetManifestResourceStream("tokens." + name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static int[] Written(ModelFolder folder) => [.. new Generator(folder.Model).Generate(folder.Encode("the river"), new GenerationSettings { Tokens = 12, StopTokens = folder.StopTokens })];

    private static JsonObject Config(TestFolder folder) => JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!.AsObject();

    // a small Llama, and what its config.json says of special tokens
    private void WriteLlama(string ids = "{}")
    {
        ModelFolder.Export(source.Path, Transformer.Init(Llama, new RandomSource(3)), tokenizer: null, "llama");
        JsonObject config = Config(source);
        foreach (string name in (string[])["bos_token_id", "eos_token_id", "pad_token_id"])
        {
            config.Remove(name);
        }

        foreach ((string name, JsonNode? value) in JsonNode.Parse(ids)!.AsObject())
        {
            config[name] = value?.DeepClone();
        }

        source.Write("config.json", config.ToJsonString());
    }
}
