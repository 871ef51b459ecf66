namespace Fukami.Lab.Tests;

public sealed class MedianIntervalTests
{
    // k of the sign test's tables: 6 → 1, 10 → 2, 15 → 4, 20 → 6, 31 → 10
    [Theory]
    [InlineData(6, 1)]
    [InlineData(10, 2)]
    [InlineData(15, 4)]
    [InlineData(20, 6)]
    [InlineData(31, 10)]
    public void Ends_are_the_order_statistics_of_the_sign_test(int samples, int rank)
    {
        double[] numbers = [.. Enumerable.Range(1, samples).Select(i => (double)i).Reverse()];
        Assert.Equal(new Interval((samples + 1) / 2.0, rank, samples + 1 - rank), MedianInterval.Of(numbers));
    }

    [Fact]
    public void One_disturbed_sample_does_not_move_it() =>
        Assert.Equal(MedianInterval.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), MedianInterval.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 1e6]));

    [Fact]
    public void Five_samples_are_too_few_for_ends() =>
        Assert.Equal(new Interval(3, double.NegativeInfinity, double.PositiveInfinity), MedianInterval.Of([5, 1, 3, 2, 4]));
}
