using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Fukami.Transformers.Tests;

/// <summary>The tokens that a folder's files put before and behind a text.</summary>
public sealed class SpecialTokensTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_vocabulary_of_BERTs_begins_with_CLS_and_ends_with_SEP()
    {
        Assert.Equal(("[CLS]", "[SEP]"), Bert(""));
        Assert.Equal(("[CLS]", "[SEP]"), Bert("""{"tokenizer_class": "BertTokenizer", "cls_token": "[CLS]"}"""));
    }

    [Theory]
    [InlineData("", "<s>", "")]
    [InlineData("""{"bos_token": "<s>"}""", "<s>", "")]
    [InlineData("""{"add_bos_token": true, "bos_token": {"content": "<s>", "lstrip": false}}""", "<s>", "")]
    [InlineData("""{"add_bos_token": false, "bos_token": "<s>"}""", "", "")]
    [InlineData("""{"add_bos_token": true, "bos_token": "<s>", "add_eos_token": true, "eos_token": "</s>"}""", "<s>", "</s>")]
    [InlineData("""{"add_bos_token": true, "bos_token": "</s>"}""", "</s> <s>", "")]
    [InlineData("""{"add_bos_token": null, "bos_token": null}""", "<s>", "")]
    public void Tokenizer_config_has_the_last_word_on_the_first_and_the_last_token(string config, string before, string behind)
    {
        folder.Write("tokenizer.json", Llama().ToJsonString());
        Assert.Equal((before, behind), Around(config));
        TokenizerJson.Write(folder.File("tokenizer.json"), TokenizerFiles.Open(folder.Path)!);
        File.Delete(folder.File("tokenizer_config.json"));
        Assert.Equal((before, behind), Around(""));
    }

    [Theory]
    [InlineData("", new[] { 1 })]
    [InlineData("""{"add_bos_token": false}""", new int[0])]
    [InlineData("""{"add_bos_token": true, "bos_token": "</s>"}""", new[] { 2, 1 })]
    public void SentencePiece_begins_with_the_models_own_first_token_unless_told_otherwise(string config, int[] before)
    {
        folder.Write("tokenizer.model", Resource("llama.model"));
        WriteConfig(config);
        Assert.Equal(before, TokenizerFiles.Open(folder.Path)!.BeginsWith);
    }

    [Theory]
    [InlineData("""{"add_bos_token": 1}""", "add_bos_token")]
    [InlineData("""{"add_bos_token": true, "bos_token": 5}""", "bos_token")]
    [InlineData("""{"add_bos_token": true, "bos_token": {"text": "<s>"}}""", "content")]
    [InlineData("""{"add_bos_token": true, "bos_token": "<nowhere>"}""", "<nowhere>")]
    [InlineData("""{"add_eos_token": true, "eos_token": "<nowhere>"}""", "<nowhere>")]
    [InlineData("""{"tokenizer_class": []}""", "tokenizer_class")]
    [InlineData("[]", "must be an object")]
    [InlineData("{", "tokenizer_config.json")]
    public void A_tokenizer_config_that_makes_no_sense_is_refused_by_name(string config, string says)
    {
        folder.Write("tokenizer.json", Llama().ToJsonString());
        WriteConfig(config);
        Assert.Contains(says, Assert.Throws<CheckpointException>(() => TokenizerFiles.Open(folder.Path)).Message, StringComparison.Ordinal);
        File.Delete(folder.File("tokenizer.json"));
        folder.Write("tokenizer.model", Resource("llama.model"));
        Assert.Contains(says, Assert.Throws<CheckpointException>(() => TokenizerFiles.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_reads_a_text_as_its_family_does_and_bare_when_asked()
    {
        using var bert = new TestFolder();
        var encoder = new TransformerSettings { Kind = "encoder", Vocabulary = 7, Length = 8, Depth = 1, Width = 4, Heads = 1, Residual = "post", EmbeddingNorm = true, TokenTypes = 1, Head = "masked", Tied = true, OutputBias = true };
        ModelFolder.Export(bert.Path, Small.Init(encoder), tokenizer: null, "bert");
        bert.Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\nriver\n");
        ModelFolder opened = ModelFolder.Open(bert.Path);
        Assert.Equal([2, 5, 4, 6, 3], opened.Encode("The [MASK] river"));
        Assert.Equal([5, 4, 6], opened.Encode("The [MASK] river", specialTokens: false));

        var decoder = new TransformerSettings { Vocabulary = 1000, Length = 8, Depth = 1, Width = 4, Heads = 1, Norm = "rms", Activation = "swiglu", Positions = "rotary", FeedForwardWidth = 4, Bias = false };
        ModelFolder.Export(folder.Path, Small.Init(decoder), tokenizer: null, "llama");
        folder.Write("tokenizer.model", Resource("llama.model"));
        WriteConfig("""{"add_eos_token": true, "eos_token": "</s>"}""");
        opened = ModelFolder.Open(folder.Path);
        Assert.Equal([2], opened.Tokenizer!.EndsWith);
        Assert.Equal([1, .. opened.Tokenizer.Encode("the river")], opened.Encode("the river"));
        Assert.Equal(opened.Tokenizer.Encode("the river"), opened.Encode("the river", specialTokens: false));
    }

    private static JsonNode Llama() => JsonNode.Parse(Resource("added.json.gz"))!["files"]!["llama2"]!.DeepClone();

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(SpecialTokensTests).Assembly.GetManifestResourceStream("tokens." + name)!;
        using Stream plain = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var bytes = new MemoryStream();
        plain.CopyTo(bytes);
        return bytes.ToArray();
    }

    private (string Before, string Behind) Bert(string config)
    {
        folder.Write("vocab.txt", Resource("vocab.txt"));
        return Around(config);
    }

    private (string Before, string Behind) Around(string config)
    {
        WriteConfig(config);
        ITokenizer tokenizer = TokenizerFiles.Open(folder.Path)!;
        return (Names(tokenizer.BeginsWith), Names(tokenizer.EndsWith));

        string Names(IReadOnlyList<int> ids) => string.Join(' ', ids.Select(id => tokenizer.Decode([id])));
    }

    private void WriteConfig(string config)
    {
        if (config.Length > 0)
        {
            folder.Write("tokenizer_config.json", config);
        }
    }
}
