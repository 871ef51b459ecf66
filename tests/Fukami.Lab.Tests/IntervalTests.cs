namespace Fukami.Lab.Tests;

public sealed class IntervalTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(40)]
    public void The_95_percent_interval_covers_the_mean_of_a_normal_source_in_95_percent_of_trials(int seeds)
    {
        var random = new Random(20261123 + seeds);
        Assert.InRange(Coverage(seeds, 3, () => 3 + (2 * Normal(random)), Interval.OfMean), 0.93, 0.97);
    }

    [Fact]
    public void The_interval_of_the_geometric_mean_covers_it_for_a_source_that_varies_by_factors()
    {
        var random = new Random(7);
        Assert.InRange(Coverage(5, Math.Exp(-4), () => Math.Exp(-4 + (0.8 * Normal(random))), Interval.OfGeometricMean), 0.93, 0.97);
    }

    [Fact]
    public void The_interval_of_five_slopes_is_right_for_a_mildly_skewed_source()
    {
        // a mean of squares over many numbers, as gradient norms are
        var random = new Random(11);
        double Source() => Enumerable.Range(0, 30).Average(_ => Math.Pow(Normal(random), 2));
        Assert.InRange(Coverage(5, 1, Source, Interval.OfMean), 0.93, 0.97);
    }

    [Fact]
    public void One_sample_has_an_interval_without_ends() =>
        Assert.Equal(new Interval(2, double.NegativeInfinity, double.PositiveInfinity), Interval.OfMean([2]));

    [Fact]
    public void Equal_samples_have_an_interval_of_width_zero()
    {
        Assert.Equal(new Interval(0.1, 0.1, 0.1), Interval.OfMean([0.1, 0.1, 0.1]));
        Assert.Equal(new Interval(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity), Interval.OfGeometricMean([double.PositiveInfinity, double.PositiveInfinity]));
        Assert.Equal(new Interval(0, 0, 0), Interval.OfGeometricMean([0, 0, 0]));
    }

    [Fact]
    public void A_vanished_sample_makes_the_geometric_mean_zero_up_to_the_largest_sample() =>
        Assert.Equal(new Interval(0, 0, 4), Interval.OfGeometricMean([0, 4, 2]));

    [Fact]
    public void The_interval_of_a_known_sample_is_the_textbooks()
    {
        // mean 3, s = √2.5, t = 2.776
        Interval interval = Interval.OfMean([1, 2, 3, 4, 5]);
        Assert.Equal(3, interval.Estimate, 12);
        Assert.Equal(3 - 1.9632432, interval.Low, 6);
        Assert.Equal(3 + 1.9632432, interval.High, 6);
    }

    [Theory]
    [InlineData(31, 2.0395134463964077)]
    [InlineData(60, 2.0002978210582616)]
    [InlineData(99, 1.9842169515864165)]
    [InlineData(1000, 1.9623390808264078)]
    public void The_quantile_beyond_the_table_is_exact_to_seven_digits(int degrees, double expected) =>
        Assert.Equal(expected, StudentT.HalfWidth95(degrees), 7);

    private static double Coverage(int seeds, double truth, Func<double> source, Func<ReadOnlySpan<double>, Interval> interval)
    {
        const int trials = 2000;
        int covered = 0;
        var samples = new double[seeds];
        for (int trial = 0; trial < trials; trial++)
        {
            for (int i = 0; i < seeds; i++)
            {
                samples[i] = source();
            }

            Interval found = interval(samples);
            covered += found.Low <= truth && truth <= found.High ? 1 : 0;
        }

        return covered / (double)trials;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
