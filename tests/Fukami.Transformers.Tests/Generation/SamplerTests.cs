using CsCheck;
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

    [Fact]
    public void A_draw_is_that_of_the_whole_vocabulary_sorted()
    {
        Gen<float[]> spread = Gen.Select(Gen.Int[1, 3000], Gen.Int[0, 1000], Gen.Float[0.01f, 30]).Select((size, seed, deviation) =>
        {
            var random = new Random(seed);
            return Enumerable.Range(0, size).Select(_ => (float)(deviation * (random.NextDouble() - random.NextDouble()))).ToArray();
        });

        // few values: equals, and shares of the sum that come out even
        Gen<float[]> even = Gen.Select(Gen.Int[256, 2048], Gen.Int[0, 1000], Gen.Int[1, 4]).Select((size, seed, values) =>
        {
            var random = new Random(seed);
            return Enumerable.Range(0, size).Select(_ => random.Next(20) == 0 ? float.NegativeInfinity : (float)random.Next(values)).Append(0).ToArray();
        });
        Gen<float> share = Gen.OneOf(Gen.Float[0, 1], Gen.Int[0, 64].Select(part => part / 64f), Gen.Const(1f));
        Gen.Select(Gen.OneOf(spread, even), Gen.OneOf(Gen.Const(0), Gen.Int[1, 100], Gen.Int[1, 4000]), share, Gen.Float[0.05f, 3], Gen.Float[0, 0.9999999f]).Sample(
            (logits, topK, topP, temperature, uniform) =>
            {
                var settings = new GenerationSettings { TopK = topK, TopP = topP, Temperature = temperature };
                Assert.Equal(Sorted(settings, logits, uniform), new Sampler(settings).Next(logits, uniform));
            },
            iter: 3000);
    }

    [Fact]
    public void Where_rounding_could_decide_the_whole_vocabulary_is_sorted()
    {
        // half of 2048 equals is reached by exactly the 1024th in any order; a tenth's last bits are the order's
        foreach (float topP in (float[])[0.5f, 0.1f, 0.3f, 1 / 2048f, 3 / 2048f])
        {
            foreach (float logit in (float[])[0, -0.1f, 0.3f])
            {
                float[] logits = [.. Enumerable.Range(0, 2048).Select(token => token % 3 == 0 ? logit : 0)];
                for (float uniform = 0; uniform < 1; uniform += 0.01f)
                {
                    var settings = new GenerationSettings { TopP = topP };
                    Assert.Equal(Sorted(settings, logits, uniform), new Sampler(settings).Next(logits, uniform));
                }
            }
        }
    }

    [Fact]
    public void A_draw_from_the_top_allocates_nothing_from_the_second_on()
    {
        var sampler = new Sampler(new GenerationSettings { TopK = 40, TopP = 0.9f });
        float[] logits = [.. Enumerable.Range(0, 5000).Select(token => MathF.Sin(token))];
        sampler.Next(logits, 0.5f);
        Assert.Equal(0, Allocation.Of(() => sampler.Next(logits, 0.25f)));
    }

    // the definition: all tokens in order, then the k first, then the first that reach p of their sum
    private static int Sorted(GenerationSettings settings, float[] logits, float uniform)
    {
        double highest = logits.Max();
        (double Weight, int Token)[] all = [.. logits
            .Select((logit, token) => (Weight: float.IsNegativeInfinity(logit) ? 0 : ReproducibleMath.Exp((logit - highest) / settings.Temperature), Token: token))];
        if (settings.TopK != 0 || settings.TopP != 1)
        {
            all = [.. all.OrderByDescending(one => one.Weight).ThenBy(one => one.Token).Take(settings.TopK == 0 ? all.Length : settings.TopK)];
            double wanted = all.Aggregate(0.0, (sum, one) => sum + one.Weight) * settings.TopP;
            double reached = all[0].Weight;
            int kept = 1;
            for (; kept < all.Length && reached < wanted; kept++)
            {
                reached += all[kept].Weight;
            }

            all = all[..kept];
        }

        double target = all.Aggregate(0.0, (sum, one) => sum + one.Weight) * uniform;
        double running = 0;
        int last = all[0].Token;
        foreach ((double weight, int token) in all.Where(one => one.Weight > 0))
        {
            running += weight;
            last = token;
            if (running > target)
            {
                break;
            }
        }

        return last;
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
