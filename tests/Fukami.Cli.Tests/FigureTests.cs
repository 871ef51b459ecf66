using Fukami.Lab;

namespace Fukami.Cli.Tests;

public sealed class FigureTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.31234, "0.312")]
    [InlineData(-0.5, "−0.500")]
    [InlineData(12.345, "12.3")]
    [InlineData(12345, "12345")]
    [InlineData(1.25e-7, "1.3e-7")]
    [InlineData(2.5e9, "2.5e9")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NaN, "–")]
    public void A_figure_has_three_digits(double number, string text) => Assert.Equal(text, Figure.Of(number));
}
