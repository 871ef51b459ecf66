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
        Assert.All(TransformerSettings.Table.Where(setting => setting.Name != "decoder_depth"), setting => Assert.Contains($"\"{setting.Name}\": ", json, StringComparison.Ordinal));
        Assert.DoesNotContain("decoder_depth", json, StringComparison.Ordinal);
        Assert.Contains("\"residual\": \"post\"", json, StringComparison.Ordinal);
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

    private static void AssertExplained(Bilingual explanation)
    {
        Assert.False(string.IsNullOrWhiteSpace(explanation.English));
        Assert.Contains(explanation.Japanese, letter => letter > '\u3000');
    }

    private static void Refused(TransformerSettings settings, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<SettingsException>(settings.Validate).Message, StringComparison.Ordinal);
}
