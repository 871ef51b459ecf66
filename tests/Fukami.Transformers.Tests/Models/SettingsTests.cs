using CsCheck;

namespace Fukami.Transformers.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Default_settings_are_valid() => new TransformerSettings().Validate();

    [Fact]
    public void Sizes_that_are_not_set_follow_from_others()
    {
        var settings = new TransformerSettings { Width = 24, Heads = 3, Depth = 7 };
        Assert.Equal((3, 96, 7), (settings.KeyValueHeads, settings.FeedForwardWidth, settings.DecoderDepth));
        Assert.Equal(6, (settings with { Heads = 6 }).KeyValueHeads);
    }

    [Fact]
    public void What_json_writes_it_reads_back() => Sample.AnySettings.Sample(settings =>
    {
        TransformerSettings read = TransformerSettings.FromJson(settings.ToJson());
        Assert.Equal(settings, read);
        Assert.Equal(settings.GetHashCode(), read.GetHashCode());
        Assert.Equal(settings.ToJson(), read.ToJson());
    }, iter: 200);

    [Fact]
    public void Config_json_has_the_keys_of_the_command_line()
    {
        string json = new TransformerSettings { Width = 96, Residual = "post" }.ToJson();
        Assert.StartsWith("{\n  \"model_type\": \"fukami\",\n  \"kind\": \"decoder\",\n  \"vocabulary\": 256,", json.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All(TransformerSettings.Table.Where(setting => setting.Name != "decoder_depth" && setting.LeftOut is null), setting => Assert.Contains($"\"{setting.Name}\": ", json, StringComparison.Ordinal));
        Assert.DoesNotContain("decoder_depth", json, StringComparison.Ordinal);
        Assert.Contains("\"residual\": \"post\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("small-world-decoder")]
    [InlineData("small-world-encoder")]
    public void The_config_json_of_a_shipped_model_is_written_as_it_is(string name)
    {
        string text = File.ReadAllText(Path.Combine(Repository(), "models", name, "config.json"));
        Assert.Equal(text.ReplaceLineEndings("\n"), TransformerSettings.FromJson(text).ToJson().ReplaceLineEndings("\n") + "\n");
    }

    [Theory]
    [InlineData("head_width", "48", true)]
    [InlineData("head_width", "32", false)]
    [InlineData("score_width", "256", true)]
    [InlineData("score_width", "32", false)]
    [InlineData("score_cap", "50", true)]
    [InlineData("logit_cap", "30", true)]
    [InlineData("logit_cap", "0", false)]
    [InlineData("rotary_base", "500000", true)]
    [InlineData("rotary_base", "10000", false)]
    [InlineData("rotary_width", "8", true)]
    [InlineData("rotary_width", "32", false)]
    [InlineData("rotary_scaling", "linear", true)]
    [InlineData("rotary_factor", "4", false)]
    [InlineData("rotary_low_factor", "2", false)]
    [InlineData("qkv_bias", "false", true)]
    [InlineData("qkv_bias", "true", false)]
    [InlineData("attention_bias", "false", true)]
    [InlineData("feed_forward_bias", "false", true)]
    [InlineData("norm_bias", "false", true)]
    [InlineData("output_bias", "true", true)]
    [InlineData("token_types", "2", true)]
    [InlineData("embedding_scale", "16", true)]
    [InlineData("embedding_norm", "true", true)]
    [InlineData("head", "masked", true)]
    [InlineData("pooler", "true", true)]
    public void A_setting_that_goes_without_saying_is_left_out_of_config_json(string name, string value, bool written)
    {
        TransformerSettings basis = new() { Kind = "encoder", Positions = "rotary" };
        TransformerSettings changed = basis.With(name, value);
        Assert.Equal(written, changed.ToJson().Contains($"\"{name}\"", StringComparison.Ordinal));
        Assert.Equal(value, TransformerSettings.Table[name].Show(changed));
        Assert.Equal(written, !changed.Equals(basis));
        Assert.Equal(changed, TransformerSettings.FromJson(changed.ToJson()));
    }

    [Fact]
    public void Biases_of_parts_follow_the_bias_until_they_are_set()
    {
        TransformerSettings settings = new TransformerSettings().With("qkv_bias", "true").With("bias", "false");
        Assert.Equal((true, false, false, false), (settings.QkvBias, settings.AttentionBias, settings.FeedForwardBias, settings.NormBias));
        Assert.Equal(settings, TransformerSettings.FromJson(settings.ToJson()));
    }

    [Fact]
    public void A_width_that_the_heads_do_not_divide_is_read_back_with_its_head_width()
    {
        TransformerSettings settings = new TransformerSettings { Width = 30, HeadWidth = 7 }.Validate();
        Assert.Equal(settings, TransformerSettings.FromJson(settings.ToJson()));
    }

    [Fact]
    public void Missing_keys_take_their_defaults() => Assert.Equal(new TransformerSettings { Depth = 2 }, TransformerSettings.FromJson("""{ "depth": 2 }"""));

    [Fact]
    public void Settings_can_be_changed_in_any_order()
    {
        TransformerSettings changed = new TransformerSettings().With("heads", "6").With("width", "96").With("dropout", "0.1").With("bias", "false").With("norm", "rms").Validate();
        Assert.Equal(new TransformerSettings { Heads = 6, Width = 96, Dropout = 0.1f, Bias = false, Norm = "rms" }, changed);
    }

    [Theory]
    [InlineData("widht", "128", "did you mean 'width'")]
    [InlineData("width", "0", "width is 0; it must be a whole number from 1 to 65536.")]
    [InlineData("width", "12.5", "width is 12.5; it must be a whole number")]
    [InlineData("width", "", "width is empty; it must be a whole number")]
    [InlineData("dropout", "1", "dropout is 1; it must be a number from 0 to below 1.")]
    [InlineData("dropout", "NaN", "dropout is NaN; it must be a number from 0 to below 1.")]
    [InlineData("epsilon", "0", "epsilon is 0; it must be a number from 1E-12 to 1.")]
    [InlineData("head_width", "0", "head_width is 0; it must be a whole number from 1 to 65536.")]
    [InlineData("score_width", "0", "score_width is 0; it must be a number from 1E-06 to 1000000.")]
    [InlineData("score_cap", "-1", "score_cap is -1; it must be a number from 0 to 1000000.")]
    [InlineData("logit_cap", "Infinity", "logit_cap is Infinity; it must be")]
    [InlineData("rotary_base", "0.5", "rotary_base is 0.5; it must be a number from 1 to 1E+12.")]
    [InlineData("rotary_width", "-2", "rotary_width is -2; it must be")]
    [InlineData("rotary_scaling", "yarn", "rotary_scaling is yarn; it must be one of none, linear, llama3.")]
    [InlineData("rotary_factor", "0.5", "rotary_factor is 0.5; it must be a number from 1")]
    [InlineData("rotary_low_factor", "-1", "rotary_low_factor is -1")]
    [InlineData("rotary_high_factor", "NaN", "rotary_high_factor is NaN")]
    [InlineData("rotary_original_length", "0", "rotary_original_length is 0")]
    [InlineData("token_types", "-1", "token_types is -1; it must be a whole number from 0 to 65536.")]
    [InlineData("embedding_scale", "0", "embedding_scale is 0")]
    [InlineData("embedding_norm", "1", "embedding_norm is 1; it must be true or false.")]
    [InlineData("qkv_bias", "", "qkv_bias is empty; it must be true or false.")]
    [InlineData("head", "mlm", "head is mlm; it must be one of linear, masked, none.")]
    [InlineData("pooler", "first", "pooler is first; it must be true or false.")]
    [InlineData("bias", "yes", "bias is yes; it must be true or false.")]
    [InlineData("residual", "Pre", "residual is Pre; it must be one of none, none-norm, plain, post, pre, sandwich, deepnorm, rezero, scaled-pre, parallel.")]
    public void A_value_that_is_not_allowed_is_refused_with_what_is(string name, string value, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<SettingsException>(() => new TransformerSettings().With(name, value)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "depht": 2 }""", "no setting named 'depht'; did you mean 'depth'")]
    [InlineData("""{ "depth": "2" }""", "depth is \"2\"; it must be a whole number")]
    [InlineData("""{ "depth": null }""", "depth is null")]
    [InlineData("""{ "depth": 1e3 }""", "depth is 1e3")]
    [InlineData("""{ "depth": [] }""", "depth is []")]
    [InlineData("""{ "bias": 1 }""", "bias is 1; it must be true or false")]
    [InlineData("""{ "depth": 2, "depth": 3 }""", "not well-formed")]
    [InlineData("""{ "model_type": "gpt2" }""", "model_type is \"gpt2\"; only \"fukami\" can be read.")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{", "not well-formed")]
    [InlineData("", "not well-formed")]
    [InlineData("""{ "width": 30 }""", "width 30 is not a multiple of heads 4")]
    public void Config_json_that_cannot_be_read_is_refused_with_why(string json, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<SettingsException>(() => TransformerSettings.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Settings_that_contradict_one_another_are_refused_with_both()
    {
        Refused(new() { Width = 30 }, "width 30 is not a multiple of heads 4");
        Refused(new() { KeyValueHeads = 3 }, "heads 4 is not a multiple of key_value_heads 3");
        Refused(new() { Width = 12, Positions = "rotary" }, "heads of 3 features");
        Refused(new() { Width = 3, HeadWidth = 0 }, "width 3 is not a multiple of heads 4");
        Refused(new() { HeadWidth = -1 }, "head_width is -1");
        Refused(new() { HeadWidth = 65_536, Heads = 65_536 }, "width × (heads + 2·key_value_heads)·head_width is 1649267441664 numbers");
        Refused(new() { HeadWidth = 65_536, Length = 32_768 }, "length × key_value_heads·head_width");
        Refused(new() { HeadWidth = 5, Positions = "rotary" }, "heads of 5 features");
        Refused(new() { RotaryWidth = 34, Positions = "rotary" }, "rotary_width is 34, but a head has 32 features");
        Refused(new() { RotaryWidth = 7, Positions = "rotary" }, "rotary_width is 7; choose an even number");
        Refused(new() { Positions = "rotary", RotaryScaling = "llama3", RotaryLowFactor = 4 }, "rotary_low_factor is 4 and rotary_high_factor 4; the low one must be below");
        Refused(new() { Pooler = true }, "kind is decoder; choose kind=encoder");
        Refused(new() { Pooler = true, Kind = "encoder-decoder" }, "kind is encoder-decoder");
        Refused(new() { ScoreCap = float.NaN }, "score_cap is NaN");
        Refused(new() { Vocabulary = 16_777_216, Width = 65_536 }, "at most 2147483647 fit");
        Refused(new() { Depth = -1 }, "depth is -1");
        Refused(new() { KeyValueHeads = -2 }, "key_value_heads is -2");
        Refused(new() { Norm = "group" }, "norm is group");
        Refused(new() { Dropout = float.NaN }, "dropout is NaN");
    }

    [Fact]
    public void Every_setting_and_every_choice_is_explained_in_both_languages()
    {
        Assert.All(TransformerSettings.Table, setting => AssertExplained(setting.Explanation));
        Assert.All(TransformerSettings.Table.OfType<ChoiceSetting<TransformerSettings>>().SelectMany(setting => setting.Choices), choice => AssertExplained(choice.Explanation));
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fukami.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Fukami.slnx.");
    }

    private static void AssertExplained(Bilingual explanation)
    {
        Assert.False(string.IsNullOrWhiteSpace(explanation.English));
        Assert.Contains(explanation.Japanese, letter => letter > '\u3000');
    }

    private static void Refused(TransformerSettings settings, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<SettingsException>(settings.Validate).Message, StringComparison.Ordinal);
}
