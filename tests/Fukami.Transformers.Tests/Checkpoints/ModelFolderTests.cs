using System.Text;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class ModelFolderTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly CharacterTokenizer tokenizer = CharacterTokenizer.Train("abcdefgh");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("decoder", "pre", "layer")]
    [InlineData("encoder", "rezero", "batch")]
    [InlineData("encoder-decoder", "sandwich", "power")]
    public void A_saved_model_comes_back_with_every_bit(string kind, string residual, string norm)
    {
        Transformer model = Small.Init(Small.Model(kind) with { Residual = residual, Norm = norm });
        foreach (Storage statistic in model.Statistics)
        {
            statistic.Values.Fill(0.25f);
        }

        ModelFolder.Save(folder.Path, model, tokenizer);
        ModelFolder read = ModelFolder.Open(folder.Path);
        Assert.Equal(model.Settings, read.Model.Settings);
        Assert.Equal(Small.Bits(model), Small.Bits(read.Model));
        Assert.Equal([3, 0], read.Tokenizer!.Encode("da"));
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"], folder.Names);
    }

    [Theory]
    [InlineData("encoder", "masked", false)]
    [InlineData("encoder", "masked", true)]
    [InlineData("encoder", "none", true)]
    [InlineData("decoder", "linear", true)]
    [InlineData("encoder-decoder", "none", false)]
    public void A_model_with_the_options_of_checkpoint_families_comes_back_with_every_bit(string kind, string head, bool tied)
    {
        Transformer model = Small.Init(Small.Model(kind) with
        {
            Head = head,
            Tied = tied,
            OutputBias = true,
            Pooler = kind is "encoder",
            TokenTypes = 3,
            EmbeddingNorm = true,
            EmbeddingScale = 4,
            HeadWidth = 6,
            KeyValueHeads = 1,
            Positions = "rotary",
            RotaryWidth = 4,
            RotaryScaling = "llama3",
            RotaryFactor = 8,
            Norm = "rms-offset",
            Activation = "geglu-tanh",
            Bias = false,
            QkvBias = true,
            ScoreCap = 5,
        });
        ModelFolder.Save(folder.Path, model, null);
        ModelFolder read = ModelFolder.Open(folder.Path);
        Assert.Equal(model.Settings, read.Model.Settings);
        Assert.Equal(Small.Bits(model), Small.Bits(read.Model));
    }

    [Fact]
    public void A_model_without_a_tokenizer_has_none_even_if_one_was_there()
    {
        ModelFolder.Save(folder.Path, Small.Init(Small.Model()), tokenizer);
        ModelFolder.Save(folder.Path, Small.Init(Small.Model()), null);
        Assert.Null(ModelFolder.Open(folder.Path).Tokenizer);
    }

    [Fact]
    public void GPT2s_two_tokenizer_files_serve_as_well()
    {
        ModelFolder.Save(folder.Path, Small.Init(Small.Model() with { Vocabulary = 300 }), null);
        folder.Write("vocab.json", "{" + string.Join(',', ByteAlphabet.Order.Select((value, id) => $"\"{System.Text.Json.JsonEncodedText.Encode(ByteAlphabet.Write([value]))}\":{id}")) + "}");
        folder.Write("merges.txt", "#version: 0.2\n");
        Assert.Equal(256, ModelFolder.Open(folder.Path).Tokenizer!.Vocabulary);
    }

    [Fact]
    public void Tensors_that_the_settings_do_not_ask_for_are_named_with_both_shapes()
    {
        ModelFolder.Save(folder.Path, Small.Init(Small.Model()), null);
        string config = File.ReadAllText(folder.File("config.json"));

        Reconfigure(config, "\"bias\": true", "\"bias\": false");
        Assert.Contains("holds the tensor \"blocks.0.", Refused(), StringComparison.Ordinal);

        Reconfigure(config, "\"norm\": \"layer\"", "\"norm\": \"batch\"");
        Assert.Contains("lacks the tensor blocks.0.ln1.running_mean of shape (16) (and 9 more)", Refused(), StringComparison.Ordinal);

        Reconfigure(config, "\"feed_forward_width\": 32", "\"feed_forward_width\": 31");
        Assert.Contains("blocks.0.mlp.up.weight in model.safetensors has shape (16, 32), and the model's settings ask for (16, 31)", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_cannot_make_the_reader_take_memory_that_the_weights_do_not_justify()
    {
        ModelFolder.Save(folder.Path, Small.Init(Small.Model()), null);
        string config = File.ReadAllText(folder.File("config.json"));
        foreach ((string from, string to) in ((string, string)[])[("\"depth\": 2", "\"depth\": 10000"), ("\"vocabulary\": 8", "\"vocabulary\": 16000000"), ("\"length\": 12", "\"length\": 1000000"), ("\"feed_forward_width\": 32", "\"feed_forward_width\": 1000000"), ("\"width\": 16", "\"width\": 16384"), ("\"heads\": 2", "\"heads\": 2, \"head_width\": 65536"), ("\"heads\": 2", "\"heads\": 2, \"token_types\": 65536")])
        {
            Reconfigure(config, from, to);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains("do not belong together", Refused(), StringComparison.Ordinal);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
        }
    }

    [Fact]
    public void Missing_and_broken_files_are_named()
    {
        Assert.Contains("no folder", Assert.Throws<CheckpointException>(() => ModelFolder.Open(folder.File("missing"))).Message, StringComparison.Ordinal);
        Assert.Contains("config.json", Refused(), StringComparison.Ordinal);
        ModelFolder.Save(folder.Path, Small.Init(Small.Model()), null);
        string config = File.ReadAllText(folder.File("config.json"));
        File.WriteAllText(folder.File("config.json"), "{");
        Assert.Contains("config.json", Refused(), StringComparison.Ordinal);
        File.WriteAllText(folder.File("config.json"), config.Replace("\"fukami\"", "\"t5\"", StringComparison.Ordinal));
        Assert.Contains("t5", Refused(), StringComparison.Ordinal);
        File.WriteAllText(folder.File("config.json"), config);
        File.WriteAllText(folder.File("tokenizer.json"), "[]");
        Assert.Contains("tokenizer.json", Refused(), StringComparison.Ordinal);
        TokenizerJson.Write(folder.File("tokenizer.json"), CharacterTokenizer.Train("abcdefghi"));
        Assert.Contains("9 tokens", Refused(), StringComparison.Ordinal);
        File.Delete(folder.File("tokenizer.json"));
        File.Delete(folder.File("model.safetensors"));
        Assert.Contains("model.safetensors", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_said_in_a_sentence()
    {
        string file = folder.Write("file", "not a folder");
        Assert.Contains("cannot be saved", Assert.Throws<CheckpointException>(() => ModelFolder.Save(Path.Combine(file, "model"), Small.Init(Small.Model()), null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_damaged_folder_does_more_than_be_refused()
    {
        ModelFolder.Save(folder.Path, Small.Init(Small.Model() with { Depth = 1, Width = 4, Heads = 1, FeedForwardWidth = 4, Length = 2 }), tokenizer);
        var random = new Random(1);
        int refused = 0;
        foreach (string name in (string[])["config.json", "model.safetensors"])
        {
            byte[] valid = File.ReadAllBytes(folder.File(name));
            for (int i = 0; i < 1500; i++)
            {
                File.WriteAllBytes(folder.File(name), Mutations.Of(valid, random));
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    ModelFolder.Open(folder.Path);
                }
                catch (CheckpointException)
                {
                    refused++;
                }

                // small parameters of all models share blocks of 8 MB, of which now and then one is new
                Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000 + (9 << 20));
            }

            File.WriteAllBytes(folder.File(name), valid);
        }

        Assert.InRange(refused, 1500, 2999);
    }

    private void Reconfigure(string config, string from, string to)
    {
        Assert.Contains(from, config, StringComparison.Ordinal);
        File.WriteAllText(folder.File("config.json"), config.Replace(from, to, StringComparison.Ordinal), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private string Refused() => Assert.Throws<CheckpointException>(() => ModelFolder.Open(folder.Path)).Message;
}
