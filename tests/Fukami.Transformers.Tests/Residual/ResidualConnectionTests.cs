using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class ResidualConnectionTests
{
    private static readonly Gen<TransformerSettings> Any = Sample.AnySettings.Where(settings => settings.Kind != "encoder-decoder");

    [Fact]
    public void The_stream_is_what_came_in_plus_what_each_branch_adds() =>
        Any.Where(settings => settings.Residual is "plain" or "pre" or "sandwich" or "rezero" or "scaled-pre").Sample(settings =>
        {
            Tape tape = Forward(settings);
            for (int layer = 0; layer < settings.Depth; layer++)
            {
                Bits.Same(Sum(tape, layer, "resid_pre", "attn_out"), tape[$"blocks.{layer}.resid_mid"].Values);
                Bits.Same(Sum(tape, layer, "resid_mid", "mlp_out"), tape[$"blocks.{layer}.resid_post"].Values);
            }
        }, iter: 40, threads: 1);

    [Fact]
    public void A_parallel_layer_adds_both_branches_to_what_came_in() => Any.Sample(settings =>
    {
        Tape tape = Forward(settings with { Residual = "parallel" });
        float[] sum = Sum(tape, 0, "resid_pre", "attn_out");
        Bits.Same(Sum(sum, tape["blocks.0.mlp_out"].Values), tape["blocks.0.resid_post"].Values);
    }, iter: 20, threads: 1);

    [Fact]
    public void Post_norm_normalizes_the_sum() => Any.Sample(settings =>
    {
        Tape tape = Forward(settings with { Residual = "post", Norm = "layer" });
        Bits.Same(Sum(tape, 0, "resid_pre", "attn_out"), tape["blocks.0.resid_mid_sum"].Values);
        Bits.Same(tape["blocks.0.ln1.normalized"].Values, tape["blocks.0.resid_mid"].Values);
        Bits.Same(Sum(tape, 0, "resid_mid", "mlp_out"), tape["blocks.0.resid_post_sum"].Values);
        Bits.Same(tape["blocks.0.ln2.normalized"].Values, tape["blocks.0.resid_post"].Values);
    }, iter: 20, threads: 1);

    [Fact]
    public void Without_a_skip_path_a_layer_gives_what_its_sublayers_give() => Any.Sample(settings =>
    {
        Tape none = Forward(settings with { Residual = "none" });
        Bits.Same(none["blocks.0.attn_out"].Values, none["blocks.0.resid_mid"].Values);
        Bits.Same(none["blocks.0.mlp_out"].Values, none["blocks.0.resid_post"].Values);

        Tape normalized = Forward(settings with { Residual = "none-norm" });
        Bits.Same(normalized["blocks.0.ln2.normalized"].Values, normalized["blocks.0.resid_post"].Values);
    }, iter: 20, threads: 1);

    [Fact]
    public void Deepnorm_weighs_the_skip_path_with_alpha() => Any.Sample(settings =>
    {
        Tape tape = Forward(settings with { Residual = "deepnorm" });
        float alpha = (float)Math.Pow(2 * settings.Depth, 0.25);
        ReadOnlySpan<float> before = tape["blocks.0.resid_pre"].Values, branch = tape["blocks.0.attn_out"].Values, sum = tape["blocks.0.resid_mid_sum"].Values;
        for (int i = 0; i < sum.Length; i++)
        {
            Assert.Equal((alpha * before[i]) + branch[i], sum[i], 1e-5f * (1 + Math.Abs(sum[i])));
        }
    }, iter: 20, threads: 1);

    [Fact]
    public void Rezero_begins_as_the_identity() => Any.Sample(settings =>
    {
        Transformer model = Transformer.Init(settings with { Residual = "rezero" }, new RandomSource(3));
        var tape = new Tape();
        tape.Begin();
        model.Forward(tape, Sample.Batch(model, 2, 5));
        Assert.Equal(tape["blocks.0.resid_pre"].Values.ToArray(), tape[$"blocks.{settings.Depth - 1}.resid_post"].Values.ToArray());
    }, iter: 20, threads: 1);

    [Fact]
    public void Scaled_pre_norm_divides_by_the_root_of_the_layers_number()
    {
        // At layer 1 the factor is 1: one layer is pre-norm.
        TransformerSettings one = Sample.Settings with { Depth = 1 }, two = Sample.Settings with { Bias = false, Activation = "relu" };
        Bits.Same(Forward(one with { Residual = "pre" })["logits"].Values, Forward(one with { Residual = "scaled-pre" })["logits"].Values);

        // What the second layer's first product gets is N(x)/√2.
        Tape tape = Forward(two with { Residual = "scaled-pre" });
        Transformer model = Sample.Model(two with { Residual = "scaled-pre" });
        ReadOnlySpan<float> normalized = tape["blocks.1.ln2.normalized"].Values, pre = tape["blocks.1.mlp.pre"].Values, weight = model.Parameters.Single(parameter => parameter.Name == "blocks.1.mlp.up.weight").Values;
        for (int column = 0; column < 64; column++)
        {
            double expected = 0;
            for (int i = 0; i < 16; i++)
            {
                expected += normalized[i] * weight[(i * 64) + column] / Math.Sqrt(2);
            }

            Assert.Equal(expected, pre[column], 1e-5);
        }
    }

    [Fact]
    public void A_parallel_layer_reads_one_normalized_stream()
    {
        Tape tape = Forward(Sample.Settings with { Residual = "parallel", Bias = false });
        Assert.DoesNotContain(tape.Points, met => met.Point.Name.Contains("ln2", StringComparison.Ordinal) || met.Point.Name.EndsWith("resid_mid", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_decoder_layer_of_an_encoder_decoder_adds_three_branches() => Sample.AnySettings.Sample(settings =>
    {
        Tape tape = Forward(settings with { Kind = "encoder-decoder", Pooler = false, Residual = "pre" });
        Bits.Same(Sum(tape["decoder.blocks.0.resid_pre"].Values, tape["decoder.blocks.0.attn_out"].Values), tape["decoder.blocks.0.resid_mid"].Values);
        Bits.Same(Sum(tape["decoder.blocks.0.resid_mid"].Values, tape["decoder.blocks.0.cross_out"].Values), tape["decoder.blocks.0.resid_cross"].Values);
        Bits.Same(Sum(tape["decoder.blocks.0.resid_cross"].Values, tape["decoder.blocks.0.mlp_out"].Values), tape["decoder.blocks.0.resid_post"].Values);
    }, iter: 20, threads: 1);

    private static Tape Forward(TransformerSettings settings)
    {
        Transformer model = Sample.Model(settings);
        var tape = new Tape();
        tape.Begin();
        model.Forward(tape, Sample.Batch(model, 2, 5));
        return tape;
    }

    private static float[] Sum(Tape tape, int layer, string stream, string branch) =>
        Sum(tape[$"blocks.{layer}.{stream}"].Values, tape[$"blocks.{layer}.{branch}"].Values);

    private static float[] Sum(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        float[] sum = left.ToArray();
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += right[i];
        }

        return sum;
    }
}
