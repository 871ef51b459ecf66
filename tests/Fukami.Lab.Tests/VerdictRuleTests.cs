namespace Fukami.Lab.Tests;

public sealed class VerdictRuleTests
{
    [Theory]
    [InlineData(0.2, 0.4, Verdict.Supported)]
    [InlineData(0, 1, Verdict.Supported)]
    [InlineData(0.9, 1.1, Verdict.Inconclusive)]
    [InlineData(-0.1, 0.1, Verdict.Inconclusive)]
    [InlineData(-1, 2, Verdict.Inconclusive)]
    [InlineData(1.1, 1.2, Verdict.Refuted)]
    [InlineData(-0.2, -0.1, Verdict.Refuted)]
    [InlineData(double.NaN, double.NaN, Verdict.Inconclusive)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, Verdict.Inconclusive)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, Verdict.Refuted)]
    public void Verdict_follows_from_the_interval_against_the_bound(double low, double high, Verdict expected) =>
        Assert.Equal(expected, VerdictRule.Judge(new Interval((low + high) / 2, low, high), new Bound(0, 1)));

    [Fact]
    public void One_sided_bounds_are_open_on_the_other_side()
    {
        Assert.Equal(Verdict.Supported, VerdictRule.Judge(new Interval(-1e300, -1e301, 0), Bound.AtMost(0)));
        Assert.Equal(Verdict.Supported, VerdictRule.Judge(new Interval(1e300, 0, 1e301), Bound.AtLeast(0)));
        Assert.Equal(new Bound(0.75, 1.25), Bound.Around(1, 0.25));
    }
}
