using CsCheck;

namespace Fukami.Lab.Tests;

public sealed class LogarithmicScaleTests
{
    [Fact]
    public void Whatever_the_figures_at_least_two_ticks_and_at_most_a_dozen_stand_where_they_reach() =>
        (from lowest in Gen.Double[-300, 300].Select(power => Math.Pow(10, power))
         from span in Gen.OneOf(Gen.Double[-12, 0].Select(power => 1 + Math.Pow(10, power)), Gen.Double[0, 4].Select(power => Math.Pow(10, power)), Gen.Const(1.0))
         select (lowest, span)).Sample(c =>
        {
            LogarithmicScale scale = Scale(c.lowest, c.lowest * c.span);
            Assert.InRange(scale.Ticks.Count(tick => tick >= scale.Lowest * 0.999 && tick <= scale.Highest * 1.001), 2, 12);
            Assert.Equal(scale.Ticks.Order().Distinct(), scale.Ticks);
            Assert.True(scale.Lowest <= c.lowest && c.lowest * c.span <= scale.Highest);
            Assert.All(scale.Ticks, tick => Assert.True(tick > 0));
        }, iter: 2000);

    [Theory]
    [InlineData(1e-5, 1e3, "1E-05 0.0001 0.001 0.01 0.1 1 10 100 1000 10000")]
    [InlineData(0.07, 0.9, "0.05 0.1 0.2 0.5 1")]
    [InlineData(0.2, 0.5, "0.1 0.2 0.3 0.4 0.5")]
    [InlineData(0.0003, 0.0006, "0.0002 0.0003 0.0004 0.0005 0.0006")]
    [InlineData(1.13, 4.28, "1 2 3 4 5")]
    [InlineData(1.87, 1.94, "1.86 1.88 1.9 1.92 1.94")]
    [InlineData(1, 1.0000001, "0.85 0.9 0.95 1 1.05 1.1 1.15")]
    public void Ticks_are_powers_their_one_two_and_five_fold_or_even_steps(double lowest, double highest, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Scale(lowest, highest).Ticks.Select(tick => tick.ToString("R", System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void Neighbouring_figures_of_few_digits_have_a_scale_too()
    {
        foreach (double unit in (double[])[1, 10, 1000, 1e5])
        {
            for (int lowest = 1; lowest < 100; lowest++)
            {
                for (int highest = lowest; highest <= 5 * lowest; highest++)
                {
                    LogarithmicScale scale = Scale(lowest / unit, highest / unit);
                    Assert.InRange(scale.Ticks.Count(tick => tick >= scale.Lowest && tick <= scale.Highest), 2, 12);
                }
            }
        }
    }

    [Fact]
    public void A_figure_that_is_hardly_a_number_has_no_scale() => Assert.Null(LogarithmicScale.Of([Line([double.Epsilon, 1e-320])]));

    [Fact]
    public void What_is_not_above_zero_has_no_scale() => Assert.Null(LogarithmicScale.Of([Line([0, -1, double.NaN, double.NegativeInfinity])]));

    private static LogarithmicScale Scale(double lowest, double highest) => LogarithmicScale.Of([Line([lowest, highest])])!;

    private static Series Line(double[] y) => Series.Predicted(
        "pre",
        new Quantity("size", new LocalizedText("size", "大きさ"), "", Logarithmic: true),
        new Quantity("layer", new LocalizedText("layer", "層"), "", Logarithmic: false),
        [.. y.Select((_, i) => (double)i)],
        y);
}
