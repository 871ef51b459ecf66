namespace Fukami.Tensors.Tests;

public class RandomSourceTests
{
    [Fact]
    public void Draws_are_those_of_the_published_generator()
    {
        // Philox 4×32-10 of counter 0 and key 0: the known answer that comes with the paper's code (Random123).
        var random = new RandomSource(0);
        Assert.Equal([0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u], [random.Bits(0), random.Bits(1), random.Bits(2), random.Bits(3)]);
    }

    [Fact]
    public void A_filled_span_holds_draws_0_1_2()
    {
        var random = new RandomSource(42).Split("weights");
        var filled = new float[11];
        random.FillNormal(filled, 1);
        for (int i = 0; i < filled.Length; i++)
        {
            Assert.Equal(random.Normal((ulong)i), filled[i]);
        }
    }

    [Fact]
    public void Normal_draws_have_the_moments_of_the_normal_distribution()
    {
        var random = new RandomSource(7);
        const int Count = 200_000;
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        int beyondTwo = 0;
        for (ulong i = 0; i < Count; i++)
        {
            double x = random.Normal(i);
            sum += x;
            squares += x * x;
            fourths += x * x * x * x;
            beyondTwo += Math.Abs(x) > 2 ? 1 : 0;
        }

        Assert.InRange(sum / Count, -0.01, 0.01);
        Assert.InRange(squares / Count, 0.985, 1.015);
        Assert.InRange(fourths / Count, 2.9, 3.1);
        Assert.InRange(beyondTwo / (double)Count, 0.0455 - 0.002, 0.0455 + 0.002);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-9, -5.997807015007687)]
    [InlineData(1e-15, -7.941345326170998)]
    public void The_normal_quantile_agrees_with_tables(double p, double expected) =>
        Assert.Equal(expected, NormalQuantile.Of(p), 1e-12 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void Parts_of_a_source_are_unrelated()
    {
        var random = new RandomSource(1);
        var draws = new HashSet<uint>();
        foreach (var source in new[] { random, random.Split(0), random.Split(1), random.Split("a"), random.Split("b"), random.Split(0).Split(0), new RandomSource(2) })
        {
            Assert.True(draws.Add(source.Bits(0)));
        }
    }

    [Fact]
    public void Below_reaches_every_number_and_no_other()
    {
        var random = new RandomSource(3);
        var counts = new int[7];
        for (ulong i = 0; i < 7000; i++)
        {
            counts[random.Below(i, 7)]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 850, 1150));
    }
}
