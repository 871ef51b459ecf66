using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class PointTests
{
    [Fact]
    public void A_pass_meets_exactly_the_points_that_the_model_names_in_their_order_with_their_shapes() => Sample.AnySettings.Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 2, 5);
        var tape = new Tape();
        tape.Begin();
        model.Forward(tape, batch);
        Assert.Equal(model.PointNames, tape.Points.Select(met => met.Point.Name));
        foreach ((PointDescription described, (Point _, Tensor tensor)) in model.Points.Zip(tape.Points))
        {
            Assert.Equal(Numbers(described.Shape, settings, batch), tensor.Shape.ToString());
        }
    }, iter: 60, threads: 1);

    [Fact]
    public void Names_are_those_of_TransformerLens() => Assert.Equal(
        [
            "embed", "pos_embed", "blocks.0.resid_pre", "blocks.0.ln1.scale", "blocks.0.ln1.normalized", "blocks.0.attn.q", "blocks.0.attn.k", "blocks.0.attn.v",
            "blocks.0.attn.attn_scores", "blocks.0.attn.pattern", "blocks.0.attn.z", "blocks.0.attn_out", "blocks.0.resid_mid", "blocks.0.ln2.scale", "blocks.0.ln2.normalized",
            "blocks.0.mlp.pre", "blocks.0.mlp.post", "blocks.0.mlp_out", "blocks.0.resid_post", "ln_final.scale", "ln_final.normalized", "logits",
        ],
        Transformer.Blank(Sample.Settings with { Depth = 1 }).PointNames);

    [Fact]
    public void Post_norm_names_the_sums_in_front_of_its_norms() => Assert.Equal(
        [
            "embed", "blocks.0.resid_pre", "blocks.0.attn.q", "blocks.0.attn.k", "blocks.0.attn.v", "blocks.0.attn.rot_q", "blocks.0.attn.rot_k", "blocks.0.attn.attn_scores",
            "blocks.0.attn.pattern", "blocks.0.attn.z", "blocks.0.attn_out", "blocks.0.resid_mid_sum", "blocks.0.ln1.scale", "blocks.0.ln1.normalized", "blocks.0.resid_mid",
            "blocks.0.mlp.pre", "blocks.0.mlp.pre_linear", "blocks.0.mlp.post", "blocks.0.mlp_out", "blocks.0.resid_post_sum", "blocks.0.ln2.scale", "blocks.0.ln2.normalized",
            "blocks.0.resid_post", "logits",
        ],
        Transformer.Blank(Sample.Settings with { Depth = 1, Residual = "post", Positions = "rotary", Activation = "swiglu" }).PointNames);

    [Fact]
    public void Every_point_has_a_gradient_after_a_backward_pass()
    {
        Transformer model = Sample.Model(Sample.Settings with { Residual = "sandwich", Activation = "swiglu", Positions = "rotary" });
        var tape = new Tape();
        tape.Begin();
        tape.Backward(model.Loss(tape, Sample.Batch(model, 2, 5)));
        Assert.All(tape.Points, met => Assert.Equal(met.Tensor.Shape.Count, met.Tensor.Gradient.Length));
    }

    [Theory]
    [InlineData("pre")]
    [InlineData("parallel")]
    [InlineData("sandwich")]
    public void Without_its_branches_a_layer_passes_the_stream_on(string residual)
    {
        Transformer model = Sample.Model(Sample.Settings with { Residual = residual });
        var tape = new Tape();
        tape.Replace("blocks.0.attn_out", static branch => branch.Tape.Zeros(branch.Shape));
        tape.Replace("blocks.0.mlp_out", static branch => branch.Tape.Zeros(branch.Shape));
        tape.Begin();
        model.Forward(tape, Sample.Batch(model, 2, 5));
        Bits.Same(tape["blocks.0.resid_pre"].Values, tape["blocks.0.resid_post"].Values);
    }

    [Fact]
    public void A_stream_patched_from_another_pass_gives_that_pass_its_logits()
    {
        Transformer model = Sample.Model(Sample.Settings);
        TokenBatch here = Sample.Batch(model, 2, 5), there = Sample.Batch(model, 2, 5, seed: 99);
        var tape = new Tape();
        tape.Begin();
        model.Forward(tape, there);
        float[] stream = tape["blocks.1.resid_pre"].Values.ToArray(), logits = tape["logits"].Values.ToArray();

        tape.Replace("blocks.1.resid_pre", x => x.Tape.Input(stream, x.Shape));
        tape.Begin();
        Bits.Same(logits, model.Forward(tape, here).Values);
    }

    [Fact]
    public void A_point_replaced_by_itself_changes_nothing() => Sample.AnySettings.Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 2, 4);
        float[] expected = Sample.Logits(model, batch);
        var tape = new Tape();
        foreach (string name in model.PointNames)
        {
            tape.Replace(name, static tensor => 1 * tensor);
        }

        tape.Begin();
        Bits.Same(expected, model.Forward(tape, batch).Values);
    }, iter: 30, threads: 1);

    private static string Numbers(string shape, TransformerSettings settings, TokenBatch batch) => shape
        .Replace("key_value_heads · head_width", $"{settings.KeyValueHeads * settings.HeadWidth}", StringComparison.Ordinal)
        .Replace("heads · head_width", $"{settings.Heads * settings.HeadWidth}", StringComparison.Ordinal)
        .Replace("feed_forward_width", $"{settings.FeedForwardWidth}", StringComparison.Ordinal)
        .Replace("source_length", $"{batch.Source?.Length}", StringComparison.Ordinal)
        .Replace("vocabulary", $"{settings.Vocabulary}", StringComparison.Ordinal)
        .Replace("length", $"{batch.Length}", StringComparison.Ordinal)
        .Replace("width", $"{settings.Width}", StringComparison.Ordinal)
        .Replace("heads", $"{settings.Heads}", StringComparison.Ordinal)
        .Replace("batch", "2", StringComparison.Ordinal);
}
