using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class ParameterTests
{
    [Fact]
    public void A_decoder_has_the_named_parameters_and_shapes()
    {
        var settings = new TransformerSettings { Vocabulary = 11, Length = 5, Depth = 1, Width = 8, Heads = 4, KeyValueHeads = 2, FeedForwardWidth = 20 };
        Assert.Equal(
            [
                "embed.weight (11, 8)", "pos_embed.weight (5, 8)",
                "blocks.0.ln1.gain (8)", "blocks.0.ln1.bias (8)",
                "blocks.0.attn.qkv.weight (8, 16)", "blocks.0.attn.qkv.bias (16)", "blocks.0.attn.out.weight (8, 8)", "blocks.0.attn.out.bias (8)",
                "blocks.0.ln2.gain (8)", "blocks.0.ln2.bias (8)",
                "blocks.0.mlp.up.weight (8, 20)", "blocks.0.mlp.up.bias (20)", "blocks.0.mlp.down.weight (20, 8)", "blocks.0.mlp.down.bias (8)",
                "ln_final.gain (8)", "ln_final.bias (8)", "unembed.weight (8, 11)",
            ],
            Described(settings));
    }

    [Fact]
    public void An_encoder_decoder_has_the_named_parameters_and_shapes()
    {
        var settings = new TransformerSettings { Kind = "encoder-decoder", Vocabulary = 11, Length = 5, Depth = 1, Width = 8, Heads = 4, KeyValueHeads = 2, FeedForwardWidth = 20, Bias = false, Residual = "sandwich", Norm = "rms", Activation = "swiglu" };
        Assert.Equal(
            [
                "embed.weight (11, 8)", "encoder.pos_embed.weight (5, 8)",
                "encoder.blocks.0.ln1.gain (8)", "encoder.blocks.0.attn.qkv.weight (8, 16)", "encoder.blocks.0.attn.out.weight (8, 8)", "encoder.blocks.0.ln1_post.gain (8)",
                "encoder.blocks.0.ln2.gain (8)", "encoder.blocks.0.mlp.gate.weight (8, 20)", "encoder.blocks.0.mlp.up.weight (8, 20)", "encoder.blocks.0.mlp.down.weight (20, 8)", "encoder.blocks.0.ln2_post.gain (8)",
                "encoder.ln_final.gain (8)", "decoder.pos_embed.weight (5, 8)",
                "decoder.blocks.0.ln1.gain (8)", "decoder.blocks.0.attn.qkv.weight (8, 16)", "decoder.blocks.0.attn.out.weight (8, 8)", "decoder.blocks.0.ln1_post.gain (8)",
                "decoder.blocks.0.ln_cross.gain (8)", "decoder.blocks.0.cross.q.weight (8, 8)", "decoder.blocks.0.cross.kv.weight (8, 8)", "decoder.blocks.0.cross.out.weight (8, 8)", "decoder.blocks.0.ln_cross_post.gain (8)",
                "decoder.blocks.0.ln2.gain (8)", "decoder.blocks.0.mlp.gate.weight (8, 20)", "decoder.blocks.0.mlp.up.weight (8, 20)", "decoder.blocks.0.mlp.down.weight (20, 8)", "decoder.blocks.0.ln2_post.gain (8)",
                "decoder.ln_final.gain (8)", "unembed.weight (8, 11)",
            ],
            Described(settings));
    }

    [Theory]
    [InlineData("none", "", false)]
    [InlineData("none-norm", "ln1 ln2", false)]
    [InlineData("plain", "", false)]
    [InlineData("post", "ln1 ln2", false)]
    [InlineData("pre", "ln1 ln2", true)]
    [InlineData("sandwich", "ln1 ln1_post ln2 ln2_post", true)]
    [InlineData("deepnorm", "ln1 ln2", false)]
    [InlineData("rezero", "", false)]
    [InlineData("scaled-pre", "ln1 ln2", true)]
    [InlineData("parallel", "ln1", true)]
    public void An_arrangement_has_its_norms_and_no_others(string residual, string norms, bool finalNorm)
    {
        Transformer model = Transformer.Blank(Sample.Settings with { Residual = residual, Depth = 1 });
        IEnumerable<string> gains = model.Parameters.Select(parameter => parameter.Name).Where(name => name.EndsWith(".gain", StringComparison.Ordinal));
        Assert.Equal([.. norms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(norm => $"blocks.0.{norm}.gain"), .. finalNorm ? (string[])["ln_final.gain"] : []], gains);
    }

    [Fact]
    public void Without_normalization_no_arrangement_has_a_norm_parameter() =>
        Assert.All(Sample.Residuals, residual => Assert.DoesNotContain(Described(Sample.Settings with { Residual = residual, Norm = "none" }), name => name.Contains("ln", StringComparison.Ordinal)));

    [Fact]
    public void Rezero_has_one_factor_a_sublayer_that_begins_as_0()
    {
        Transformer model = Transformer.Init(Sample.Settings with { Residual = "rezero", Kind = "encoder-decoder" }, new RandomSource(1));
        Parameter[] factors = [.. model.Parameters.Where(parameter => parameter.Name.EndsWith("residual_scale", StringComparison.Ordinal))];
        Assert.Equal(2 * (2 + 3), factors.Length);
        Assert.Contains(factors, factor => factor.Name == "decoder.blocks.1.cross.residual_scale");
        Assert.All(factors, factor => Assert.Equal([0f], factor.Values.ToArray()));
    }

    [Fact]
    public void Running_statistics_are_saved_but_not_learned()
    {
        Transformer model = Transformer.Init(Sample.Settings with { Norm = "batch", Depth = 1 }, new RandomSource(1));
        Assert.Equal(
            ["blocks.0.ln1.running_mean", "blocks.0.ln1.running_variance", "blocks.0.ln2.running_mean", "blocks.0.ln2.running_variance", "ln_final.running_mean", "ln_final.running_variance"],
            model.Statistics.Select(storage => storage.Name));
        Assert.All(model.Statistics, storage => Assert.Equal(storage.Name.EndsWith("mean", StringComparison.Ordinal) ? 0f : 1f, storage.Values[3]));

        Transformer power = Transformer.Init(Sample.Settings with { Norm = "power", Depth = 1, Residual = "parallel" }, new RandomSource(1));
        Assert.Equal(["blocks.0.ln1.running_square", "blocks.0.ln1.running_gradient", "ln_final.running_square", "ln_final.running_gradient"], power.Statistics.Select(storage => storage.Name));
    }

    [Fact]
    public void A_tied_model_has_no_output_weights_and_counts_its_table_as_a_matrix()
    {
        Transformer apart = Transformer.Blank(Sample.Settings), tied = Transformer.Blank(Sample.Settings with { Tied = true });
        Assert.DoesNotContain(tied.Parameters, parameter => parameter.Name == "unembed.weight");
        Assert.Equal(apart.ParameterCount - (11 * 16), tied.ParameterCount);
        Assert.Equal(apart.MatrixParameterCount, tied.MatrixParameterCount);
        Assert.Equal(apart.ParameterCount - (11 * 16) - (12 * 16), apart.MatrixParameterCount);
    }

    [Fact]
    public void Weight_decay_spares_gains_biases_and_factors() => Assert.All(
        Sample.Residuals.SelectMany(residual => Transformer.Blank(Sample.Settings with { Residual = residual, Norm = "dyt" }).Parameters),
        parameter => Assert.Equal(parameter.Name.EndsWith(".weight", StringComparison.Ordinal), parameter.Decays));

    private static string[] Described(TransformerSettings settings) =>
        [.. Transformer.Blank(settings).Parameters.Select(parameter => $"{parameter.Name} {parameter.Shape}")];
}
