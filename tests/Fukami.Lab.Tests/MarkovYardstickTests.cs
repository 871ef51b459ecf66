using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class MarkovYardstickTests
{
    private static readonly MarkovYardstick Yardstick = new(Nothing: 3, Frequencies: 2, Chain: 1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.5, 0.5)]
    [InlineData(2, 0)]
    [InlineData(2.25, -0.25)]
    [InlineData(3, -1)]
    [InlineData(50, -1)]
    [InlineData(double.NaN, -1)]
    [InlineData(double.PositiveInfinity, -1)]
    public void Knowledge_is_minus_one_for_blind_guessing_zero_for_frequencies_and_one_for_the_chain(double loss, double knowledge) =>
        Assert.Equal(knowledge, Yardstick.Knowledge(loss), 12);

    [Fact]
    public void On_much_text_the_losses_are_the_entropy_rate_and_the_entropy_of_the_stationary_distribution()
    {
        var source = new MarkovSource("decoder", 12, 16, 0.5, 3);
        MarkovYardstick yardstick = MarkovYardstick.Of(source, source.ValidationExamples);
        double entropy = -source.Chain.Stationary.Sum(p => p * Math.Log(p));
        Assert.Equal(source.Chain.EntropyRate, yardstick.Chain, 0.03);
        Assert.Equal(entropy, yardstick.Frequencies, 0.03);
        Assert.Equal(Math.Log(12), yardstick.Nothing, 12);
    }
}
