namespace Fukami.Lab.Tests;

public sealed class LineFitTests
{
    [Fact]
    public void A_line_through_points_on_a_line_finds_it()
    {
        LineFit fit = LineFit.Through([1, 2, 4, 8], [1, -1, -5, -13]);
        Assert.Equal(-2, fit.Slope, 12);
        Assert.Equal(3, fit.Intercept, 12);
        Assert.Equal(1, fit.Determination, 12);
    }

    [Fact]
    public void Points_that_are_not_finite_are_left_out()
    {
        LineFit fit = LineFit.Through([1, 2, 3, 4], [double.NegativeInfinity, 2, 3, double.NaN]);
        Assert.Equal(1, fit.Slope, 12);
        Assert.Equal(2, fit.Points);
    }

    [Fact]
    public void One_point_has_no_line() => Assert.True(double.IsNaN(LineFit.Through([1], [1]).Slope));
}
