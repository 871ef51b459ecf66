namespace Fukami.Transformers.Tests;

public sealed class TrainingSettingsTests
{
    [Fact]
    public void The_defaults_are_nanoGPTs_recipe()
    {
        var schedule = new LearningRateSchedule(new TrainingSettings());
        Assert.Equal(1e-3 / 101, schedule.At(0), 1e-9);
        Assert.Equal(1e-3 * 100 / 101, schedule.At(99), 1e-9);
        Assert.Equal(1e-3, schedule.At(100), 1e-9);
        Assert.Equal(5.5e-4, schedule.At(1050), 1e-9);
        Assert.Equal(1e-4, schedule.At(2000), 1e-9);
        Assert.Equal(1e-4, schedule.At(5000), 1e-9);
        Assert.Equal((2000, 12, 0.99f, 0.1f, 1f), (new TrainingSettings().Steps, new TrainingSettings().Batch, new TrainingSettings().Beta2, new TrainingSettings().WeightDecay, new TrainingSettings().Clip));
    }

    [Fact]
    public void A_constant_schedule_stays_after_the_warm_up()
    {
        var schedule = new LearningRateSchedule(new TrainingSettings { Schedule = "constant", WarmUp = 0, Steps = 0 });
        Assert.Equal(1e-3f, schedule.At(0));
        Assert.Equal(1e-3f, schedule.At(1_000_000));
    }

    [Fact]
    public void Every_setting_can_be_set_by_its_name_and_shown()
    {
        Assert.Equal(16, TrainingSettings.Table.Count);
        foreach (Setting<TrainingSettings> setting in TrainingSettings.Table)
        {
            string value = setting.Show(new TrainingSettings());
            Assert.Equal(new TrainingSettings(), setting.With(new TrainingSettings(), value));
            Assert.NotEmpty(setting.Explanation.English);
            Assert.NotEmpty(setting.Explanation.Japanese);
            Assert.Throws<SettingsException>(() => setting.With(new TrainingSettings(), "?"));
        }

        Assert.Equal(5e-4f, new TrainingSettings().With("learning_rate", "5e-4").LearningRate);
        Assert.Equal("sgd", new TrainingSettings().With("optimizer", "sgd").Optimizer);
    }

    [Theory]
    [InlineData("steps", "-1")]
    [InlineData("batch", "0")]
    [InlineData("learning_rate", "NaN")]
    [InlineData("beta2", "1")]
    [InlineData("optimizer", "adam")]
    [InlineData("learning_rat", "1")]
    public void Values_out_of_bounds_are_refused(string name, string value) =>
        Assert.Throws<SettingsException>(() => new TrainingSettings().With(name, value));

    [Fact]
    public void A_minimum_above_the_rate_is_refused() =>
        Assert.Contains("minimum_learning_rate", Assert.Throws<SettingsException>(() => (new TrainingSettings() with { LearningRate = 1e-5f }).Validate()).Message, StringComparison.Ordinal);
}
