using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class SamplerTests
{
    private static readonly float[] Logits = [.. new[] { 0.1, 0.4, 0.2, 0.3 }.Select(probability => (float)Math.Log(probability))];

    [Fact]
    public void Temperature_0_takes_the_likeliest_and_the_first_of_equals()
    {
        var greedy = new Sampler(new GenerationSettings { Temperature = 0 });
        Assert.Equal(1, greedy.Next(Logits, 0.99f));
        Assert.Equal(2, greedy.Next([0, 1, 3, 3], 0.99f));
    }

    [Fact]
    public void Tokens_come_as_often_as_their_probabilities_say() =>
        AssertFrequencies([0.1, 0.4, 0.2, 0.3], new GenerationSettings());

    [Fact]
    public void A_temperature_of_a_half_squares_the_odds() =>
        AssertFrequencies([0.01 / 0.3, 0.16 / 0.3, 0.04 / 0.3, 0.09 / 0.3], new GenerationSettings { Temperature = 0.5f });

    [Fact]
    public void Top_k_draws_from_the_k_likeliest() =>
        AssertFrequencies([0, 4 / 7.0, 0, 3 / 7.0], new GenerationSettings { TopK = 2 });

    [Fact]
    public void Top_p_draws_from_the_fewest_that_reach_p()
    {
        AssertFrequencies([0, 1, 0, 0], new GenerationSettings { TopP = 0.39f });
        AssertFrequencies([0, 4 / 7.0, 0, 3 / 7.0], new GenerationSettings { TopP = 0.6f });
        AssertFrequencies([0, 4 / 9.0, 2 / 9.0, 3 / 9.0], new GenerationSettings { TopP = 0.8f });
        AssertFrequencies([0, 1, 0, 0], new GenerationSettings { TopP = 0 });
    }

    [Fact]
    public void Top_p_counts_within_top_k() =>
        AssertFrequencies([0, 1, 0, 0], new GenerationSettings { TopK = 2, TopP = 0.5f });

    [Fact]
    public void Of_equally_likely_tokens_top_k_keeps_the_first()
    {
        var sampler = new Sampler(new GenerationSettings { TopK = 3 });
        var equal = new float[1000];
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 300).Select(i => sampler.Next(equal, i / 300f)).Distinct().Order());
    }

    [Fact]
    public void A_token_with_logit_minus_infinity_never_comes()
    {
        var sampler = new Sampler(new GenerationSettings { Temperature = 5 });
        Assert.DoesNotContain(1, Enumerable.Range(0, 500).Select(i => sampler.Next([0, float.NegativeInfinity, 1], i / 500f)));
    }

    [Fact]
    public void The_largest_random_number_still_draws_a_token()
    {
        Assert.Equal(2, new Sampler(new GenerationSettings()).Next([0, 0, 0, float.NegativeInfinity], MathF.BitDecrement(1)));
        Assert.Equal(1, new Sampler(new GenerationSettings { Temperature = 1e-30f }).Next(Logits, 0.9f));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_not_finite_are_refused(float logit) =>
        Assert.Contains("diverged", Assert.Throws<InvalidOperationException>(() => new Sampler(new GenerationSettings()).Next([0, logit, 1], 0.5f)).Message, StringComparison.Ordinal);

    [Fact]
    public void Settings_out_of_bounds_are_refused()
    {
        Assert.Contains("temperature is -1", Assert.Throws<SettingsException>(() => new Sampler(new GenerationSettings { Temperature = -1 })).Message, StringComparison.Ordinal);
        Assert.Contains("top_p is 1.5", Assert.Throws<SettingsException>(() => new Sampler(new GenerationSettings { TopP = 1.5f })).Message, StringComparison.Ordinal);
        Assert.Contains("top_k is -3", Assert.Throws<SettingsException>(() => new Sampler(new GenerationSettings { TopK = -3 })).Message, StringComparison.Ordinal);
    }

    private static void AssertFrequencies(double[] expected, GenerationSettings settings)
    {
        const int Draws = 40_000;
        var sampler = new Sampler(settings);
        var random = new RandomSource(9);
        var counts = new int[expected.Length];
        for (ulong i = 0; i < Draws; i++)
        {
            counts[sampler.Next(Logits, random.Uniform(i))]++;
        }

        for (int token = 0; token < expected.Length; token++)
        {
            double slack = 5 * Math.Sqrt(expected[token] * (1 - expected[token]) / Draws);
            Assert.InRange(counts[token] / (double)Draws, expected[token] - slack, expected[token] + slack);
        }
    }
}
