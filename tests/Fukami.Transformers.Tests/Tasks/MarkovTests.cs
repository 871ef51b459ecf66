using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class MarkovTests
{
    [Theory]
    [InlineData(2, 0.05)]
    [InlineData(32, 0.5)]
    [InlineData(100, 0.1)]
    [InlineData(200, 1)]
    public void The_stationary_distribution_stays_as_it_is(int vocabulary, double temperature)
    {
        var chain = new MarkovChain(vocabulary, temperature, new RandomSource(3));
        for (int j = 0; j < vocabulary; j++)
        {
            double next = Enumerable.Range(0, vocabulary).Sum(i => chain.Stationary[i] * chain.Probability(i, j));
            Assert.Equal(chain.Stationary[j], next, 1e-12);
        }

        Assert.Equal(1, chain.Stationary.Sum(), 1e-12);
        Assert.All(Enumerable.Range(0, vocabulary), i => Assert.Equal(1, Enumerable.Range(0, vocabulary).Sum(j => chain.Probability(i, j)), 1e-12));
    }

    [Fact]
    public void The_entropy_rate_is_what_drawn_sequences_cost()
    {
        var chain = new MarkovChain(32, 0.5, new RandomSource(7));
        int[] tokens = new int[400_000];
        chain.Draw(tokens, new RandomSource(8));
        double cost = -tokens.Zip(tokens.Skip(1)).Average(pair => Math.Log(chain.Probability(pair.First, pair.Second)));
        Assert.Equal(chain.EntropyRate, cost, 0.01);
    }

    [Fact]
    public void Two_states_have_the_entropy_of_the_textbook()
    {
        var chain = new MarkovChain(2, 1, new RandomSource(1));
        double a = chain.Probability(0, 1);
        double b = chain.Probability(1, 0);
        double H(double p) => -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));
        Assert.Equal(((b * H(a)) + (a * H(b))) / (a + b), chain.EntropyRate, 1e-13);
    }

    [Fact]
    public void The_first_token_is_distributed_as_all_others()
    {
        var chain = new MarkovChain(8, 0.5, new RandomSource(1));
        double[] shares = new double[8];
        int[] tokens = new int[1];
        for (ulong i = 0; i < 100_000; i++)
        {
            chain.Draw(tokens, new RandomSource(5).Split(i));
            shares[tokens[0]] += 1e-5;
        }

        Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(chain.Stationary[i], shares[i], 0.008));
    }

    [Fact]
    public void High_temperatures_make_the_next_token_nearly_random_and_low_ones_nearly_certain()
    {
        Assert.Equal(Math.Log(32), new MarkovChain(32, 1000, new RandomSource(1)).EntropyRate, 1e-5);
        Assert.InRange(new MarkovChain(32, 0.05, new RandomSource(1)).EntropyRate, 0, 0.3);
        Assert.Throws<SettingsException>(() => new MarkovChain(1, 1, new RandomSource(1)));
        Assert.Throws<SettingsException>(() => new MarkovChain(1025, 1, new RandomSource(1)));
        Assert.Throws<SettingsException>(() => new MarkovChain(8, 0, new RandomSource(1)));
        Assert.Throws<SettingsException>(() => new MarkovChain(8, double.NaN, new RandomSource(1)));
    }

    [Fact]
    public void The_floor_is_known_where_the_token_before_is_seen()
    {
        Assert.Equal(new MarkovSource("decoder", 16, 8).Chain.EntropyRate, new MarkovSource("decoder", 16, 8).LeastLoss);
        Assert.NotNull(new MarkovSource("encoder-decoder", 16, 8).LeastLoss);
        Assert.Null(new MarkovSource("encoder", 16, 8).LeastLoss);
        Assert.Equal(15, new MarkovSource("encoder", 16, 8).Chain.Vocabulary);
    }

    [Fact]
    public void Examples_depend_on_the_random_source_alone()
    {
        var source = new MarkovSource("decoder", 16, 8);
        TokenBatch one = source.CreateBatch(4);
        TokenBatch two = source.CreateBatch(4);
        source.Fill(one, new RandomSource(1));
        source.Fill(two, new RandomSource(2));
        Assert.NotEqual(one.Ids, two.Ids);
        source.Fill(two, new RandomSource(1));
        Assert.Equal(one.Ids, two.Ids);
    }
}
