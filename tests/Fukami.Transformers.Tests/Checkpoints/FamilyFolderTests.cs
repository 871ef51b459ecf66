using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class FamilyFolderTests
{
    // Small models that each family has words for.
    private static readonly Dictionary<string, Gen<TransformerSettings>> Expressible = new(StringComparer.Ordinal)
    {
        ["gpt2"] =
            from tied in Gen.Bool
            from activation in Gen.OneOf("gelu-tanh", "gelu", "relu")
            from hidden in Gen.OneOf(0, 24)
            select Sample.Settings with { Tied = tied, Activation = activation, FeedForwardWidth = hidden },
        ["bert"] =
            from tied in Gen.Bool
            from masked in Gen.Bool
            from pooler in Gen.Bool
            from types in Gen.Int[1, 3]
            select Sample.Settings with
            {
                Kind = "encoder",
                Residual = "post",
                EmbeddingNorm = true,
                TokenTypes = types,
                Pooler = pooler,
                Epsilon = 1e-12f,
                Head = masked ? "masked" : "none",
                Tied = masked && tied,
                OutputBias = masked,
            },
        ["llama"] = Rotary(attentionBias: true, feedForwardBias: true),
        ["mistral"] = Rotary(),
        ["qwen2"] = Rotary().Select(settings => settings with { QkvBias = true }),
        ["gemma2"] =
            from settings in Rotary(attentionBias: true)
            from caps in Gen.Bool
            select settings with
            {
                Residual = "sandwich",
                Norm = "rms-offset",
                EmbeddingScale = (float)Math.Sqrt(settings.Width),
                ScoreWidth = 3,
                ScoreCap = caps ? 50 : 0,
                LogitCap = caps ? 30 : 0,
                Activation = "geglu-tanh",
            },
    };

    public static TheoryData<string> Families => [.. Expressible.Keys];

    [Theory]
    [MemberData(nameof(Families))]
    public void A_folder_that_was_exported_opens_as_the_same_model_to_the_bit(string family) => Expressible[family].Sample(
        settings =>
        {
            using var folder = new TestFolder();
            Transformer model = Transformer.Init(settings, new RandomSource(5));
            ModelFolder.Export(folder.Path, model, tokenizer: null, family);
            ModelFolder opened = ModelFolder.Open(folder.Path);
            Assert.Equal(family, opened.Family);
            Assert.DoesNotContain(opened.Notes, note => note.Contains("left out", StringComparison.Ordinal));
            Assert.Equal(model.Parameters.Select(parameter => parameter.Name), opened.Model.Parameters.Select(parameter => parameter.Name));
            Assert.All(model.Parameters.Zip(opened.Model.Parameters), pair => Assert.True(pair.First.Values.SequenceEqual(pair.Second.Values), pair.First.Name));
            Assert.Equal(Output(model), Output(opened.Model));
        },
        iter: 12);

    [Theory]
    [MemberData(nameof(Families))]
    public void Shards_open_as_one_file_does(string family)
    {
        using var folder = new TestFolder();
        Transformer model = Transformer.Init(Typical(family), new RandomSource(5));
        ModelFolder.Export(folder.Path, model, tokenizer: null, family);
        Shard(folder.Path);
        Assert.Equal(Output(model), Output(ModelFolder.Open(folder.Path).Model));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_folder_without_the_familys_prefix_opens_too(string family)
    {
        using var folder = new TestFolder();
        Transformer model = Transformer.Init(Typical(family), new RandomSource(5));
        ModelFolder.Export(folder.Path, model, tokenizer: null, family);
        string prefix = ModelFamilies.Find(family)!.Prefix;
        int renamed = 0;
        Rewrite(folder.Path, name =>
        {
            bool has = name.StartsWith(prefix, StringComparison.Ordinal);
            renamed += has ? 1 : 0;
            return has ? name[prefix.Length..] : name;
        });
        Assert.True(prefix.Length > 0 && renamed > 10);
        ModelFolder opened = ModelFolder.Open(folder.Path);
        Assert.Equal(model.Settings.Pooler, opened.Model.Settings.Pooler);
        Assert.Equal(Output(model), Output(opened.Model));
    }

    [Fact]
    public void A_base_model_of_BERT_without_prefix_and_head_opens_as_one_without_logits()
    {
        using var folder = new TestFolder();
        Transformer model = Transformer.Init(Typical("bert") with { Head = "none", Tied = false, OutputBias = false }, new RandomSource(5));
        ModelFolder.Export(folder.Path, model, tokenizer: null, "bert");
        Rewrite(folder.Path, name => name["bert.".Length..]);
        ModelFolder opened = ModelFolder.Open(folder.Path);
        Assert.Equal(("none", true), (opened.Model.Settings.Head, opened.Model.Settings.Pooler));
        Assert.Contains(opened.Notes, note => note.Contains("no head for hidden tokens", StringComparison.Ordinal));
        Assert.Equal(Output(model), Output(opened.Model));
    }

    [Fact]
    public void A_tensor_that_is_missing_without_prefix_is_named_as_the_family_names_it()
    {
        using var folder = new TestFolder();
        Export(folder.Path, "llama");
        Rewrite(folder.Path, name => name is "model.norm.weight" ? "model.nrm.weight" : name.Replace("model.", "", StringComparison.Ordinal));
        Assert.Contains("model.norm.weight of shape (16)", Assert.Throws<CheckpointException>(() => ModelFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    // Hugging Face's GPT2Config, BertConfig, LlamaConfig, MistralConfig, Qwen2Config and Gemma2Config
    [Theory]
    [InlineData("gpt2", "vocabulary=50257 length=1024 depth=12 width=768 heads=12 key_value_heads=12 head_width=64 feed_forward_width=3072 residual=pre norm=layer activation=gelu-tanh positions=learned bias=true tied=true epsilon=1E-05")]
    [InlineData("bert", "vocabulary=30522 length=512 depth=12 width=768 heads=12 feed_forward_width=3072 residual=post norm=layer activation=gelu positions=learned token_types=2 embedding_norm=true head=none pooler=false epsilon=1E-12")]
    [InlineData("llama", "vocabulary=32000 length=2048 depth=32 width=4096 heads=32 key_value_heads=32 head_width=128 feed_forward_width=11008 residual=pre norm=rms activation=swiglu positions=rotary bias=false tied=false epsilon=1E-06 rotary_base=10000 rotary_scaling=none")]
    [InlineData("mistral", "vocabulary=32000 length=4096 depth=32 width=4096 heads=32 key_value_heads=8 head_width=128 feed_forward_width=14336 tied=false epsilon=1E-06 rotary_base=10000")]
    [InlineData("qwen2", "vocabulary=151936 length=32768 depth=32 width=4096 heads=32 key_value_heads=32 feed_forward_width=22016 qkv_bias=true attention_bias=false tied=false epsilon=1E-06")]
    [InlineData("gemma2", "vocabulary=256000 length=8192 depth=26 width=2304 heads=8 key_value_heads=4 head_width=256 feed_forward_width=9216 residual=sandwich norm=rms-offset activation=geglu-tanh embedding_scale=48 score_width=256 score_cap=50 logit_cap=30 tied=true")]
    public void Keys_that_config_json_leaves_out_have_the_familys_defaults(string family, string expected)
    {
        var config = new JsonNodeReader("config.json", JsonDocument.Parse(family is "gemma2" ? """{"sliding_window": null}""" : "{}").RootElement);
        TransformerSettings settings = ModelFamilies.Find(family)!.ReadConfig(config, _ => false, []).Validate();
        foreach (string[] pair in expected.Split(' ').Select(pair => pair.Split('=')))
        {
            Setting<TransformerSettings> setting = TransformerSettings.Table.Single(known => known.Name == pair[0]);
            Assert.Equal((pair[0], pair[1]), (setting.Name, setting.Show(settings)));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void What_says_the_same_as_a_default_can_be_left_out_of_config_json(string family)
    {
        using var folder = new TestFolder();
        Export(folder.Path, family);
        float[] whole = Output(ModelFolder.Open(folder.Path).Model);
        TransformerSettings defaults = ModelFamilies.Find(family)!.ReadConfig(new JsonNodeReader("config.json", JsonDocument.Parse("{}").RootElement), _ => false, []);
        string text = File.ReadAllText(folder.File("config.json"));
        int left = 0;
        foreach (string key in JsonNode.Parse(text)!.AsObject().Select(pair => pair.Key).Where(key => key != "model_type"))
        {
            JsonObject config = JsonNode.Parse(text)!.AsObject();
            config.Remove(key);
            var read = new JsonNodeReader("config.json", JsonDocument.Parse(config.ToJsonString()).RootElement);
            if (ModelFamilies.Find(family)!.ReadConfig(read, _ => true, []) == ModelFamilies.Find(family)!.ReadConfig(new JsonNodeReader("config.json", JsonDocument.Parse(text).RootElement), _ => true, []))
            {
                left++;
                File.WriteAllText(folder.File("config.json"), config.ToJsonString());
                Assert.Equal(whole, Output(ModelFolder.Open(folder.Path).Model));
            }
        }

        Assert.True(left >= 3, $"{left} keys of {family} could be left out; its defaults are {defaults.ToJson()}.");
    }

    [Theory]
    [InlineData("gpt2", "residual=deepnorm", "residual=deepnorm")]
    [InlineData("gpt2", "residual=post", "residual=post")]
    [InlineData("gpt2", "residual=sandwich", "residual=sandwich")]
    [InlineData("gpt2", "residual=rezero", "residual=rezero")]
    [InlineData("gpt2", "residual=parallel", "residual=parallel")]
    [InlineData("gpt2", "residual=none", "residual=none")]
    [InlineData("gpt2", "norm=rms", "norm=rms")]
    [InlineData("gpt2", "norm=batch", "norm=batch")]
    [InlineData("gpt2", "norm=dyt", "norm=dyt")]
    [InlineData("gpt2", "positions=sinusoidal", "positions=sinusoidal")]
    [InlineData("gpt2", "positions=rotary", "positions=rotary")]
    [InlineData("gpt2", "activation=swiglu", "swiglu")]
    [InlineData("gpt2", "bias=false", "bias=false")]
    [InlineData("gpt2", "kind=encoder", "kind=encoder")]
    [InlineData("gpt2", "kind=encoder-decoder", "kind=encoder-decoder")]
    [InlineData("gpt2", "key_value_heads=2", "key_value_heads=2")]
    [InlineData("bert", "residual=pre", "residual=pre")]
    [InlineData("bert", "norm=rms", "norm=rms")]
    [InlineData("bert", "embedding_norm=false", "embedding_norm=false")]
    [InlineData("bert", "positions=none", "positions=none")]
    [InlineData("bert", "kind=decoder", "kind=decoder")]
    [InlineData("llama", "residual=sandwich", "residual=sandwich")]
    [InlineData("llama", "norm=layer", "norm=layer")]
    [InlineData("llama", "norm=rms-offset", "norm=rms-offset")]
    [InlineData("llama", "activation=gelu", "gelu")]
    [InlineData("llama", "logit_cap=30", "logit_cap=30")]
    [InlineData("mistral", "qkv_bias=true", "qkv_bias=true")]
    [InlineData("qwen2", "qkv_bias=false", "qkv_bias=false")]
    [InlineData("qwen2", "attention_bias=true", "attention_bias=true")]
    [InlineData("gemma2", "residual=pre", "residual=pre")]
    [InlineData("gemma2", "embedding_scale=1", "embedding_scale=1")]
    public void What_a_family_has_no_words_for_is_refused_by_name_and_nothing_is_written(string family, string change, string expected)
    {
        using var folder = new TestFolder();
        string[] pair = change.Split('=');
        TransformerSettings settings = TransformerSettings.Table.With(Typical(family), pair[0], pair[1]);
        settings = pair[1] is "decoder" ? settings with { Head = "linear", TokenTypes = 0, Pooler = false } : settings;
        Transformer model = Transformer.Init(settings, new RandomSource(5));
        SettingsException error = Assert.Throws<SettingsException>(() => ModelFolder.Export(folder.File("new"), model, tokenizer: null, family));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(family, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_family_that_nobody_knows_is_answered_with_those_that_are_known()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("config.json"), """{"model_type": "t5"}""");
        CheckpointException error = Assert.Throws<CheckpointException>(() => ModelFolder.Open(folder.Path));
        Assert.Contains("t5", error.Message, StringComparison.Ordinal);
        Assert.Contains("fukami, gpt2, bert, llama, mistral, qwen2, gemma2", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> BadConfigs => new()
    {
        { "gpt2", """{"activation_function": "swish"}""", "swish" },
        { "gpt2", """{"n_embd": 20}""", "asks for" },
        { "gpt2", """{"n_layer": 3}""", "transformer.h.2" },
        { "gpt2", """{"n_layer": 9000}""", "do not belong together" },
        { "gpt2", """{"vocab_size": "many"}""", "must be a whole number" },
        { "gpt2", """{"scale_attn_by_inverse_layer_idx": true}""", "must be false; the other is not supported" },
        { "bert", """{"position_embedding_type": "relative_key"}""", "relative_key" },
        { "bert", """{"is_decoder": true}""", "must be false; the other is not supported" },
        { "llama", """{"rope_scaling": {"rope_type": "yarn", "factor": 2}}""", "yarn" },
        { "llama", """{"rope_scaling": {"rope_type": "linear"}}""", "needs a factor" },
        { "llama", """{"rope_scaling": {"factor": 2}}""", "no rope_type" },
        { "llama", """{"rope_scaling": {"rope_type": "llama3", "factor": 8}}""", "needs a low_freq_factor" },
        { "llama", """{"num_attention_heads": 3}""", "multiple" },
        { "llama", """{"hidden_act": "quick_gelu"}""", "quick_gelu" },
        { "llama", """{"attention_bias": true}""", "q_proj.bias" },
        { "llama", """{"vocab_size": 2000000000}""", "vocabulary" },
    };

    [Theory]
    [MemberData(nameof(BadConfigs))]
    public void A_config_that_does_not_fit_is_refused_in_one_sentence(string family, string changes, string expected)
    {
        using var folder = new TestFolder();
        Export(folder.Path, family);
        var config = JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!.AsObject();
        foreach ((string key, JsonNode? value) in JsonNode.Parse(changes)!.AsObject())
        {
            config[key] = value?.DeepClone();
        }

        File.WriteAllText(folder.File("config.json"), config.ToJsonString());
        CheckpointException error = Assert.Throws<CheckpointException>(() => ModelFolder.Open(folder.Path));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_sliding_window_cuts_the_context_and_says_so()
    {
        using var folder = new TestFolder();
        Export(folder.Path, "mistral");
        string text = File.ReadAllText(folder.File("config.json")).Replace("\"sliding_window\": null", "\"sliding_window\": 5", StringComparison.Ordinal);
        File.WriteAllText(folder.File("config.json"), text);
        ModelFolder opened = ModelFolder.Open(folder.Path);
        Assert.Equal(5, opened.Model.Settings.Length);
        Assert.Contains("sliding window of 5", Assert.Single(opened.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_that_goes_without_saying_counts()
    {
        using var folder = new TestFolder();
        Export(folder.Path, "mistral");
        string config = File.ReadAllText(folder.File("config.json"));
        File.WriteAllText(folder.File("config.json"), config.Replace("\"sliding_window\": null,", "", StringComparison.Ordinal).Replace("\"max_position_embeddings\": 12", "\"max_position_embeddings\": 5000", StringComparison.Ordinal));
        Assert.Equal(4096, ModelFolder.Open(folder.Path).Model.Settings.Length);
    }

    [Fact]
    public void Tensors_that_nobody_needs_are_named()
    {
        using var folder = new TestFolder();
        Export(folder.Path, "bert");
        using (var read = SafetensorsFile.Open(folder.File("model.safetensors")))
        {
            SafetensorsWriter.Write(folder.File("more.safetensors"), [.. All(read), new Storage("classifier.weight", new Shape(2, 16))]);
        }

        File.Move(folder.File("more.safetensors"), folder.File("model.safetensors"), overwrite: true);
        Assert.Contains(ModelFolder.Open(folder.Path).Notes, note => note.Contains("classifier.weight", StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_in_pickled_code_are_refused_with_the_way_out()
    {
        using var folder = new TestFolder();
        Export(folder.Path, "gpt2");
        File.Move(folder.File("model.safetensors"), folder.File("pytorch_model.bin"));
        CheckpointException error = Assert.Throws<CheckpointException>(() => ModelFolder.Open(folder.Path));
        Assert.Contains("safe_serialization=True", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/passwd.safetensors")]
    [InlineData("../elsewhere.safetensors")]
    [InlineData("..\\elsewhere.safetensors")]
    [InlineData("C:weights.safetensors")]
    [InlineData(".hidden.safetensors")]
    [InlineData("weights.bin")]
    public void A_shard_outside_the_folder_is_refused(string shard)
    {
        using var folder = new TestFolder();
        Export(folder.Path, "gpt2");
        File.Delete(folder.File("model.safetensors"));
        var index = new JsonObject { ["weight_map"] = new JsonObject { ["transformer.wte.weight"] = shard } };
        File.WriteAllText(folder.File("model.safetensors.index.json"), index.ToJsonString());
        CheckpointException error = Assert.Throws<CheckpointException>(() => ModelFolder.Open(folder.Path));
        Assert.Contains("a file of the folder itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_lacks_what_the_index_promises_is_named()
    {
        using var folder = new TestFolder();
        Export(folder.Path, "gpt2");
        Shard(folder.Path);
        string index = File.ReadAllText(folder.File("model.safetensors.index.json")).Replace("transformer.wpe.weight", "transformer.wpf.weight", StringComparison.Ordinal);
        File.WriteAllText(folder.File("model.safetensors.index.json"), index);
        CheckpointException error = Assert.Throws<CheckpointException>(() => ModelFolder.Open(folder.Path));
        Assert.Contains("transformer.wpf.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stop_tokens_are_those_of_the_folder()
    {
        using var folder = new TestFolder();
        Export(folder.Path, "llama");
        File.WriteAllText(folder.File("generation_config.json"), """{"eos_token_id": [3, 5, 99999]}""");
        Assert.Equal([3, 5], ModelFolder.Open(folder.Path).StopTokens);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Any_change_of_any_file_is_read_or_refused_in_one_sentence_and_little_memory(string family)
    {
        using var folder = new TestFolder();
        Export(folder.Path, family);
        Shard(folder.Path);
        string[] names = ["config.json", "model.safetensors.index.json", "a.safetensors"];
        byte[][] sound = [.. names.Select(name => File.ReadAllBytes(folder.File(name)))];
        long whole = sound.Sum(file => file.LongLength) + new FileInfo(folder.File("b.safetensors")).Length;
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 3]).Sample(
            mutation =>
            {
                (int which, int place, byte value, int how) = mutation;
                for (int i = 0; i < names.Length; i++)
                {
                    File.WriteAllBytes(folder.File(names[i]), i == which ? Mutated(sound[i], place, value, how) : sound[i]);
                }

                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    ModelFolder.Open(folder.Path);
                }
                catch (CheckpointException e)
                {
                    Assert.DoesNotContain('\n', e.Message);
                }

                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(allocated < 40_000_000 + (40 * whole), $"{whole} bytes made the reader allocate {allocated}.");
            },
            iter: 150,
            threads: 1);
    }

    private static byte[] Mutated(byte[] sound, int place, byte value, int how)
    {
        place %= sound.Length;
        byte[] mutated = [.. sound];
        switch (how)
        {
            case 0:
                mutated[place] = value;
                return mutated;
            case 1:
                return mutated[..place];
            case 2:
                return [.. mutated[..place], value, .. mutated[place..]];
            default:
                // digits of sizes are what a hostile file changes
                int digit = Array.FindIndex(mutated, place, b => b is >= (byte)'0' and <= (byte)'9');
                mutated[digit < 0 ? place : digit] = (byte)('0' + (value % 10));
                return mutated;
        }
    }

    private static Gen<TransformerSettings> Rotary(bool attentionBias = false, bool feedForwardBias = false) =>
        from keyHeads in Gen.OneOf(1, 2, 4)
        from headWidth in Gen.OneOf(0, 6)
        from tied in Gen.Bool
        from bias in Gen.Select(Gen.Bool, Gen.Bool)
        from scaling in Gen.OneOf("none", "linear", "llama3")
        select Sample.Settings with
        {
            KeyValueHeads = keyHeads,
            HeadWidth = headWidth,
            Tied = tied,
            Norm = "rms",
            Activation = "swiglu",
            Positions = "rotary",
            FeedForwardWidth = 24,
            Bias = false,
            QkvBias = attentionBias && bias.Item1,
            AttentionBias = attentionBias && bias.Item1,
            FeedForwardBias = feedForwardBias && bias.Item2,
            RotaryScaling = scaling,
            RotaryFactor = scaling == "none" ? 1 : 4,
            RotaryBase = 500_000,
        };

    private static TransformerSettings Typical(string family)
    {
        TransformerSettings rotary = Sample.Settings with { KeyValueHeads = 2, Norm = "rms", Activation = "swiglu", Positions = "rotary", FeedForwardWidth = 24, Bias = false };
        return family switch
        {
            "gpt2" => Sample.Settings with { Tied = true, Activation = "gelu-tanh" },
            "bert" => Sample.Settings with { Kind = "encoder", Residual = "post", EmbeddingNorm = true, TokenTypes = 2, Pooler = true, Head = "masked", Tied = true, OutputBias = true },
            "qwen2" => rotary with { QkvBias = true },
            "gemma2" => rotary with { Residual = "sandwich", Norm = "rms-offset", EmbeddingScale = 4, ScoreWidth = 3, ScoreCap = 50, LogitCap = 30, Activation = "geglu-tanh", Tied = true },
            _ => rotary,
        };
    }

    private static void Export(string directory, string family) =>
        ModelFolder.Export(directory, Transformer.Init(Typical(family), new RandomSource(5)), tokenizer: null, family);

    private static float[] Output(Transformer model)
    {
        var tape = new Tape();
        tape.Begin();
        var batch = new TokenBatch(2, 5);
        for (int i = 0; i < batch.Ids.Length; i++)
        {
            batch.Ids[i] = i % model.Settings.Vocabulary;
        }

        return model.Forward(tape, batch).Values.ToArray();
    }

    // two files and an index, as large models come
    private static void Shard(string directory)
    {
        string whole = Path.Combine(directory, "model.safetensors");
        var map = new JsonObject();
        using (var read = SafetensorsFile.Open(whole))
        {
            Storage[] all = [.. All(read)];
            foreach ((string file, Storage[] part) in ((string, Storage[])[])[("a.safetensors", all[..(all.Length / 2)]), ("b.safetensors", all[(all.Length / 2)..])])
            {
                SafetensorsWriter.Write(Path.Combine(directory, file), part);
                foreach (Storage tensor in part)
                {
                    map[tensor.Name] = file;
                }
            }
        }

        File.Delete(whole);
        File.WriteAllText(Path.Combine(directory, "model.safetensors.index.json"), new JsonObject { ["weight_map"] = map }.ToJsonString());
    }

    private static void Rewrite(string directory, Func<string, string> rename)
    {
        string whole = Path.Combine(directory, "model.safetensors");
        Storage[] renamed;
        using (var read = SafetensorsFile.Open(whole))
        {
            renamed = [.. All(read).Select(tensor =>
            {
                var copy = new Storage(rename(tensor.Name), tensor.Shape);
                tensor.Values.CopyTo(copy.Values);
                return copy;
            })];
        }

        SafetensorsWriter.Write(whole, renamed);
    }

    private static IEnumerable<Storage> All(SafetensorsFile file)
    {
        foreach (SafetensorsEntry entry in file.Entries)
        {
            var storage = new Storage(entry.Name, entry.Shape.Count == 1 ? new Shape((int)entry.Shape[0]) : new Shape((int)entry.Shape[0], (int)entry.Shape[1]));
            file.Read(entry.Name, storage.Values);
            yield return storage;
        }
    }
}
