namespace Fukami.Lab.Tests;

public sealed class SettingTests
{
    private static SettingValues Defaults => new SampleExperiment().Defaults;

    [Fact]
    public void Settings_are_the_defaults_until_changed()
    {
        SettingValues changed = Defaults.With(["depth=24", "residual=none,pre", "rate=0.25", "depths=1,2,3"]);
        Assert.Equal(12, Defaults.Get(SampleExperiment.Depth));
        Assert.Equal(24, changed.Get(SampleExperiment.Depth));
        Assert.Equal(["none", "pre"], changed.Get(SampleExperiment.Residual));
        Assert.Equal(0.25, changed.Get(SampleExperiment.Rate));
        Assert.Equal([1, 2, 3], changed.Get(SampleExperiment.Depths));
    }

    [Theory]
    [InlineData("depth=0", "1 to 1000")]
    [InlineData("depth=1001", "1 to 1000")]
    [InlineData("depth=twelve", "twelve")]
    [InlineData("depth=12.5", "whole number")]
    [InlineData("residual=pre,pre", "each once")]
    [InlineData("residual=pre,sideways", "pre, post, none")]
    [InlineData("residual=", "pre, post, none")]
    [InlineData("rate=NaN", "0 to 1")]
    [InlineData("rate=0,5", "0 to 1")]
    [InlineData("depths=4,2", "rising")]
    [InlineData("activation=tanh", "relu, gelu")]
    [InlineData("detph=3", "depth")]
    [InlineData("depth", "NAME=VALUE")]
    [InlineData("=3", "NAME=VALUE")]
    public void A_wrong_setting_is_refused_in_one_sentence_that_says_what_is_allowed(string assignment, string says)
    {
        SettingException e = Assert.Throws<SettingException>(() => Defaults.With([assignment]));
        Assert.Contains(says, e.Sentence.English, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Sentence.English, StringComparison.Ordinal);
        Assert.EndsWith("。", e.Sentence.Japanese, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Sentence.English);
    }

    [Fact]
    public void Every_setting_reads_what_it_writes()
    {
        foreach (Setting setting in new SampleExperiment().Settings)
        {
            Assert.Equal(setting.DefaultText, Defaults.With(setting.Name, setting.DefaultText).Text(setting.Name));
        }
    }
}
