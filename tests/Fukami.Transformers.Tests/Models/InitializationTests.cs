using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class InitializationTests
{
    private static readonly TransformerSettings Wide = new() { Vocabulary = 300, Length = 64, Depth = 3, Width = 64, Heads = 4, KeyValueHeads = 2, FeedForwardWidth = 192, Activation = "swiglu" };

    [Fact]
    public void Xavier_draws_query_key_and_value_by_their_own_extents()
    {
        Transformer model = Init(Wide with { Initialization = "xavier" });
        AssertDeviation(Math.Sqrt(2.0 / (64 + 64)), Segment(model, "blocks.1.attn.qkv.weight", 0, 64));
        AssertDeviation(Math.Sqrt(2.0 / (64 + 32)), Segment(model, "blocks.1.attn.qkv.weight", 64, 32));
        AssertDeviation(Math.Sqrt(2.0 / (64 + 32)), Segment(model, "blocks.1.attn.qkv.weight", 96, 32));
        AssertDeviation(Math.Sqrt(2.0 / (64 + 192)), Values(model, "blocks.1.mlp.gate.weight"));
        AssertDeviation(Math.Sqrt(2.0 / (64 + 300)), Values(model, "unembed.weight"));
        AssertDeviation(1, Values(model, "embed.weight"));
        AssertDeviation(1, Values(model, "pos_embed.weight"));
    }

    [Fact]
    public void He_draws_by_what_comes_in()
    {
        Transformer model = Init(Wide with { Initialization = "he" });
        AssertDeviation(Math.Sqrt(2.0 / 64), Values(model, "blocks.1.attn.qkv.weight"));
        AssertDeviation(Math.Sqrt(2.0 / 192), Values(model, "blocks.1.mlp.down.weight"));
        AssertDeviation(1, Values(model, "embed.weight"));
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("normal")]
    public void Gpt2_and_normal_draw_everything_with_one_deviation(string initialization)
    {
        Transformer model = Init(Wide with { Initialization = initialization, InitializationDeviation = 0.05f });
        Assert.All(model.Parameters.Where(parameter => parameter.Decays), parameter => AssertDeviation(0.05, parameter.Values.ToArray()));
    }

    [Fact]
    public void Gpt2_scaled_divides_what_writes_to_the_stream_by_the_root_of_its_branches()
    {
        Transformer model = Init(Wide);
        foreach (Parameter parameter in model.Parameters.Where(parameter => parameter.Decays))
        {
            bool writes = parameter.Name.EndsWith("attn.out.weight", StringComparison.Ordinal) || parameter.Name.EndsWith("mlp.down.weight", StringComparison.Ordinal);
            AssertDeviation(writes ? 0.02 / Math.Sqrt(2 * 3) : 0.02, parameter.Values.ToArray());
        }

        Transformer pair = Init(Wide with { Kind = "encoder-decoder", DecoderDepth = 2 });
        AssertDeviation(0.02 / Math.Sqrt(2 * 3), Values(pair, "encoder.blocks.0.attn.out.weight"));
        AssertDeviation(0.02 / Math.Sqrt(3 * 2), Values(pair, "decoder.blocks.1.cross.out.weight"));
    }

    [Fact]
    public void Deepnorm_scales_feed_forward_value_and_output_projections_by_beta_and_nothing_else()
    {
        const double Beta = 0.45180100180492242; // (8·3)^-¼
        Transformer plain = Init(Wide with { Initialization = "xavier" }), deep = Init(Wide with { Initialization = "xavier", Residual = "deepnorm" });
        foreach (Parameter parameter in deep.Parameters.Where(parameter => parameter.Decays))
        {
            bool whole = parameter.Name.Contains(".mlp.", StringComparison.Ordinal) || parameter.Name.EndsWith("attn.out.weight", StringComparison.Ordinal);
            bool value = parameter.Name.EndsWith("qkv.weight", StringComparison.Ordinal);
            float[] before = Values(plain, parameter.Name);
            for (int i = 0; i < before.Length; i++)
            {
                double factor = whole || (value && i % 128 >= 96) ? Beta : 1;
                Assert.Equal(before[i] * factor, parameter.Values[i], 1e-6);
            }
        }
    }

    [Fact]
    public void Deepnorm_constants_are_those_of_the_paper()
    {
        AssertConstants(Math.Pow(2 * 24, 0.25), Math.Pow(8 * 24, -0.25), new StackRole(24, 0, Causal: true));
        AssertConstants(Math.Pow(2 * 24, 0.25), Math.Pow(8 * 24, -0.25), new StackRole(24, 0, Causal: false));
        AssertConstants(0.81 * Math.Pow(Math.Pow(18, 4) * 6, 1 / 16.0), 0.87 * Math.Pow(Math.Pow(18, 4) * 6, -1 / 16.0), new StackRole(18, 6, Causal: false));
        AssertConstants(Math.Pow(3 * 6, 0.25), Math.Pow(12 * 6, -0.25), new StackRole(6, 18, Causal: true));
    }

    [Fact]
    public void A_parameter_draws_the_same_whatever_else_the_model_has()
    {
        Transformer one = Init(Wide), other = Init(Wide with { Depth = 3, Residual = "sandwich", Norm = "dyt", Positions = "rotary", Activation = "relu", Kind = "encoder" });
        Bits.Same(Values(one, "embed.weight"), Values(other, "embed.weight"));
        Bits.Same(Values(one, "blocks.2.mlp.down.weight"), Values(other, "blocks.2.mlp.down.weight"));
        Assert.False(Bits.AreSame(Values(one, "blocks.1.mlp.down.weight"), Values(one, "blocks.2.mlp.down.weight")));
    }

    [Fact]
    public void Initializing_again_is_building_anew()
    {
        Transformer model = Sample.Model(Sample.Settings with { Norm = "batch" });
        Sample.Logits(model, Sample.Batch(model, 3, 5), training: true);
        model.Initialize(new RandomSource(5));
        Transformer fresh = Transformer.Init(model.Settings, new RandomSource(5));
        foreach ((Storage again, Storage anew) in model.Parameters.Concat(model.Statistics).Zip(fresh.Parameters.Concat(fresh.Statistics)))
        {
            Bits.Same(anew.Values, again.Values);
        }
    }

    [Fact]
    public void Kept_draws_give_the_same_bits_as_their_source()
    {
        var draws = new InitialDraws(new RandomSource(5));
        foreach (TransformerSettings settings in new[] { Sample.Settings, Wide, Sample.Settings with { Residual = "deepnorm", Norm = "batch" } })
        {
            Transformer kept = Transformer.Blank(settings), fresh = Transformer.Init(settings, new RandomSource(5));
            kept.Initialize(draws);
            foreach ((Storage one, Storage other) in kept.Parameters.Concat(kept.Statistics).Zip(fresh.Parameters.Concat(fresh.Statistics)))
            {
                Bits.Same(other.Values, one.Values);
            }
        }
    }

    [Fact]
    public void Models_that_begin_at_the_same_time_share_draws_to_the_same_bits()
    {
        TransformerSettings[] all = [.. Enumerable.Range(1, 24).Select(i => Sample.Settings with { Depth = 1 + (i % 4), Vocabulary = 20 + i })];
        var draws = new InitialDraws(new RandomSource(5));
        System.Threading.Tasks.Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = 6 }, settings =>
        {
            Transformer shared = Transformer.Blank(settings), fresh = Transformer.Init(settings, new RandomSource(5));
            shared.Initialize(draws);
            foreach ((Parameter one, Parameter other) in shared.Parameters.Zip(fresh.Parameters))
            {
                Bits.Same(other.Values, one.Values);
            }
        });
        Assert.Equal(Transformer.Blank(all.MaxBy(settings => settings.Depth)! with { Vocabulary = 44 }).Parameters.Where(IsDrawn).Sum(parameter => parameter.Values.Length), draws.Count);

        static bool IsDrawn(Parameter parameter) => parameter.Name.EndsWith("weight", StringComparison.Ordinal) || parameter.Name.Contains("embed", StringComparison.Ordinal);
    }

    private static Transformer Init(TransformerSettings settings) => Transformer.Init(settings, new RandomSource(11));

    private static float[] Values(Transformer model, string name) => model.Parameters.Single(parameter => parameter.Name == name).Values.ToArray();

    private static float[] Segment(Transformer model, string name, int first, int count)
    {
        Parameter parameter = model.Parameters.Single(parameter => parameter.Name == name);
        int columns = parameter.Shape.Columns;
        return [.. parameter.Values.ToArray().Where((_, i) => i % columns >= first && i % columns < first + count)];
    }

    // The deviation of n normal draws is off by σ/√(2n): five times that is not chance.
    private static void AssertDeviation(double expected, float[] values)
    {
        double mean = values.Average(value => (double)value);
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        Assert.InRange(deviation / expected, 1 - (5 / Math.Sqrt(2.0 * values.Length)), 1 + (5 / Math.Sqrt(2.0 * values.Length)));
        Assert.InRange(mean / expected, -5 / Math.Sqrt(values.Length), 5 / Math.Sqrt(values.Length));
    }

    private static void AssertConstants(double alpha, double beta, StackRole stack)
    {
        Assert.Equal(alpha, DeepNormConstants.Of(stack).Alpha, 1e-12);
        Assert.Equal(beta, DeepNormConstants.Of(stack).Beta, 1e-12);
    }
}
