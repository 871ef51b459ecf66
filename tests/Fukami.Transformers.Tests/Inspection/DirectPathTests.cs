using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class DirectPathTests
{
    [Theory]
    [InlineData("pre")]
    [InlineData("plain")]
    [InlineData("parallel")]
    public void Skips_without_norms_carry_the_gradient_unchanged(string residual)
    {
        DirectPath path = Measure(Sample.Settings with { Residual = residual, Depth = 3 });
        Assert.All(path.Direct, norm => Assert.Equal(path.Whole[^1], norm));
        Assert.Equal(1, path.Share[^1]);
        Assert.NotEqual(1, path.Share[0], 1e-3);
    }

    [Fact]
    public void Without_skips_nothing_comes_directly()
    {
        DirectPath path = Measure(Sample.Settings with { Residual = "none" });
        Assert.Equal([0, 0], path.Direct.Take(2));
        Assert.Equal([0, 0, 1], path.Share);
    }

    [Fact]
    public void It_is_what_a_pass_with_constants_in_the_branches_places_gives() => AnyNet.OneStack.Where(settings => settings.Head != "none").Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 2, 5);
        var tape = new Tape();
        DirectPath path = DirectPath.Measure(tape, model, batch);

        tape.Begin();
        new LossMetric().Backward(model.Forward(tape, batch), batch);
        float[] arrived = tape[Layered.Stream(settings.Depth)].Gradient.ToArray();
        using var held = new AppliedInterventions(tape, model, Held(settings.Depth));
        tape.Begin();
        model.Forward(tape, batch);
        tape.Backward(tape[Layered.Stream(settings.Depth)], arrived);
        Assert.Equal(Norms(tape, settings.Depth), path.Direct);
    });

    [Theory]
    [InlineData("batch")]
    [InlineData("power")]
    public void In_training_both_backward_passes_have_the_running_statistics_of_the_first_and_leave_those_of_one_pass(string norm)
    {
        TransformerSettings settings = Sample.Settings with { Residual = "post", Norm = norm, Depth = 3 };
        Transformer model = Sample.Model(settings), other = Sample.Model(settings), trained = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 2, 5);
        DirectPath path = DirectPath.Measure(new Tape(), model, batch, training: true);

        var tape = new Tape();
        tape.Begin(training: true);
        new LossMetric().Backward(trained.Forward(tape, batch), batch);
        float[] arrived = tape[Layered.Stream(3)].Gradient.ToArray();
        Assert.Equal(Small.Bits(trained), Small.Bits(model));

        using var held = new AppliedInterventions(tape, other, Held(3));
        tape.Begin(training: true);
        other.Forward(tape, batch);
        tape.Backward(tape[Layered.Stream(3)], arrived);
        Assert.Equal(Norms(tape, 3), path.Direct);
    }

    [Fact]
    public void A_logits_gradient_is_measured_as_the_losss()
    {
        Transformer model = Sample.Model(Sample.Settings);
        TokenBatch batch = Sample.Batch(model, 2, 5);
        var tape = new Tape();
        var metric = new LogitMetric(3) { Position = 2, Sentence = 1 };
        DirectPath path = DirectPath.Measure(tape, model, batch, metric);
        PointCapture pass = PointCapture.Run(tape, model, batch, metric: metric);
        Assert.Equal(pass.Metric, path.Metric);
        Assert.Equal(Math.Sqrt(pass["blocks.0.resid_pre"].Gradient.ToArray().Sum(slope => (double)slope * slope)), path.Whole[0], 1e-12);
        Assert.Equal(new float[16], pass["blocks.0.resid_pre"].GradientRow(0, 2).ToArray());
    }

    private static Intervention[] Held(int depth) =>
        [.. Enumerable.Range(0, depth).SelectMany(layer => (Intervention[])[new HeldConstant(Layered.Point(layer, "attn_out")), new HeldConstant(Layered.Point(layer, "mlp_out"))])];

    private static double[] Norms(Tape tape, int depth) =>
        [.. Enumerable.Range(0, depth + 1).Select(i => Math.Sqrt(tape[Layered.Stream(i)].Gradient.ToArray().Sum(slope => (double)slope * slope)))];

    private static DirectPath Measure(TransformerSettings settings)
    {
        Transformer model = Sample.Model(settings);
        return DirectPath.Measure(new Tape(), model, Sample.Batch(model, 2, 5));
    }
}
