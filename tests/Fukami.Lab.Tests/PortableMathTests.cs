namespace Fukami.Lab.Tests;

public sealed class PortableMathTests
{
    [Fact]
    public void Logarithm_is_within_two_units_in_the_last_place()
    {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++)
        {
            double x = Math.Exp((random.NextDouble() - 0.5) * 1400);
            double expected = Math.Log(x);
            Assert.True(Math.Abs(PortableMath.Log(x) - expected) <= 2 * Math.BitIncrement(Math.Abs(expected)) - (2 * Math.Abs(expected)), $"log {x:R}");
        }
    }

    [Fact]
    public void Exponential_is_within_two_units_in_the_last_place()
    {
        var random = new Random(2);
        for (int i = 0; i < 100_000; i++)
        {
            double x = (random.NextDouble() - 0.5) * 1400;
            double expected = Math.Exp(x);
            Assert.True(Math.Abs(PortableMath.Exp(x) - expected) <= 2 * (Math.BitIncrement(expected) - expected), $"exp {x:R}");
        }
    }

    [Theory]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(1, 0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Logarithm_keeps_to_the_limits(double x, double expected) => Assert.Equal(expected, PortableMath.Log(x));

    [Theory]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(0, 1)]
    [InlineData(-800, 0)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Exponential_keeps_to_the_limits(double x, double expected) => Assert.Equal(expected, PortableMath.Exp(x));

    [Fact]
    public void Logarithm_of_a_subnormal_is_right() => Assert.Equal(Math.Log(double.Epsilon), PortableMath.Log(double.Epsilon), 9);
}
