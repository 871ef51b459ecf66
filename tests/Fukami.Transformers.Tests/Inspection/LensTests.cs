using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class LensTests
{
    [Fact]
    public void The_lens_behind_the_last_layer_sees_the_models_own_logits() => AnyNet.OneStack.Sample(settings =>
    {
        (Transformer model, TokenBatch batch, var tape) = Net(settings);
        PointCapture pass = PointCapture.Run(tape, model, batch);
        foreach (LensScale scale in model.HasPoint("ln_final.scale") ? [LensScale.Own, LensScale.Final] : (LensScale[])[LensScale.Own])
        {
            var lens = new LogitLens(tape, model, pass, scale);
            Bits.Same(pass["logits"].Values, lens.Logits(settings.Depth));
            Bits.Same(pass["logits"].Row(1, 3), lens.Logits(settings.Depth, 1, 3));
        }
    }, iter: 40, threads: 1);

    [Fact]
    public void The_lens_at_a_layer_sees_what_the_model_says_without_the_layers_above() => AnyNet.OneStack.Sample(settings =>
    {
        (Transformer model, TokenBatch batch, var tape) = Net(settings with { Residual = "pre", Depth = 3 });
        PointCapture pass = PointCapture.Run(tape, model, batch);
        PointCapture cut = PointCapture.Run(tape, model, batch, interventions:
        [
            new ZeroAblation("blocks.1.attn_out"), new ZeroAblation("blocks.1.mlp_out"), new ZeroAblation("blocks.2.attn_out"), new ZeroAblation("blocks.2.mlp_out"),
        ]);
        Bits.Same(cut["logits"].Values, new LogitLens(tape, model, pass).Logits(1));
    }, iter: 30, threads: 1);

    [Fact]
    public void With_the_final_scale_what_a_layer_adds_to_the_lens_is_what_its_branches_are_attributed()
    {
        (Transformer model, TokenBatch batch, var tape) = Net(Sample.Settings);
        PointCapture pass = PointCapture.Run(tape, model, batch);
        var metric = new LogitMetric(3) { Against = 7, Position = 2 };
        LogitAttribution attribution = LogitAttribution.Of(model, pass, metric);
        var lens = new LogitLens(tape, model, pass, LensScale.Final);
        double added = metric.Of(lens.Logits(2, 0, 2)) - metric.Of(lens.Logits(1, 0, 2));
        Assert.Equal(attribution.Components.Where(c => c.Name.StartsWith("blocks.1.", StringComparison.Ordinal)).Sum(c => c.Value), added, 1e-5);
    }

    [Fact]
    public void The_likeliest_tokens_come_first_with_their_share_of_the_softmax()
    {
        IReadOnlyList<TokenGuess> top = Guesses.Top([1, 3, 2, 3], 3);
        Assert.Equal([1, 3, 2], top.Select(guess => guess.Token));
        double sum = Math.E + (2 * Math.Exp(3)) + Math.Exp(2);
        Assert.Equal(Math.Exp(3) / sum, top[1].Probability, 1e-9);
        Assert.Equal(2, top[2].Logit);
    }

    [Fact]
    public void Components_sum_to_the_logit_in_every_arrangement_whose_norms_can_be_held_fixed() => AnyNet.OneStack.Where(s => s.Head == "linear").Sample(settings =>
    {
        (Transformer model, TokenBatch batch, var tape) = Net(settings);
        foreach (LogitMetric metric in (LogitMetric[])[new(4), new(2) { Against = 9, Position = 1, Sentence = 1 }])
        {
            foreach (bool heads in (bool[])[false, true])
            {
                bool bent = settings.Norm == "dyt" && model.PointNames.Any(name => name.StartsWith("ln_final", StringComparison.Ordinal) || (settings.Residual is "post" or "deepnorm" or "none-norm" && name.Contains(".ln", StringComparison.Ordinal)) || name.StartsWith("ln_embed", StringComparison.Ordinal) || (heads && name.Contains("ln1_post", StringComparison.Ordinal)));
                if (bent)
                {
                    Assert.Contains("norm=dyt is not linear", Assert.Throws<InspectionException>(() => LogitAttribution.Run(tape, model, batch, metric, heads)).Message, StringComparison.Ordinal);
                    continue;
                }

                LogitAttribution attribution = LogitAttribution.Run(tape, model, batch, metric, heads);
                double logit = metric.Value(tape["logits"], batch);
                if (settings.LogitCap == 0)
                {
                    Assert.Equal(logit, attribution.Logit);
                }
                else if (metric.Against is null)
                {
                    Assert.Equal(logit, settings.LogitCap * Math.Tanh(attribution.Logit / settings.LogitCap), 1e-5);
                }

                double size = 1 + attribution.Components.Max(component => Math.Abs(component.Value));
                Assert.InRange(attribution.Sum - attribution.Logit, -1e-4 * size, 1e-4 * size);
                Assert.Equal(attribution.Components.Count, attribution.Components.Select(component => component.Name).Distinct(StringComparer.Ordinal).Count());
            }
        }
    }, iter: 150, threads: 1);

    [Fact]
    public void Without_a_component_the_logit_changes_by_what_was_attributed_to_it()
    {
        // without a final normalization the last branch reaches the logits by no other way
        (Transformer model, TokenBatch batch, var tape) = Net(Sample.Settings with { Residual = "plain" });
        var metric = new LogitMetric(4) { Position = 2 };
        double whole = PointCapture.Run(tape, model, batch, [], metric: metric).Metric!.Value;
        double without = PointCapture.Run(tape, model, batch, [], [new ZeroAblation("blocks.1.mlp_out")], metric).Metric!.Value;
        double attributed = LogitAttribution.Run(tape, model, batch, metric).Components.Single(component => component.Name == "blocks.1.mlp_out").Value;
        Assert.Equal(whole - without, attributed, 1e-5);
        Assert.NotEqual(0, attributed);
    }

    [Fact]
    public void Heads_and_bias_add_up_to_what_attention_adds_to_the_stream() => AnyNet.OneStack.Where(s => !(s is { Norm: "dyt", Residual: "sandwich" })).Sample(settings =>
    {
        (Transformer model, TokenBatch batch, var tape) = Net(settings);
        int layer = settings.Depth - 1;
        PointCapture pass = PointCapture.Run(tape, model, batch, [.. HeadOutputs.PointsOf(model, layer), $"blocks.{layer}.attn_out"]);
        HeadOutputs outputs = HeadOutputs.Of(model, pass, layer, sentence: 1, position: 3);
        ReadOnlySpan<float> whole = pass[$"blocks.{layer}.attn_out"].Row(1, 3);
        float largest = whole.ToArray().Max(MathF.Abs);
        for (int i = 0; i < whole.Length; i++)
        {
            int feature = i;
            double sum = outputs.Bias[i] + Enumerable.Range(0, outputs.Heads).Sum(head => (double)outputs[head][feature]);
            Assert.Equal(whole[i], sum, 1e-5 * (1 + largest));
        }
    }, iter: 80, threads: 1);

    [Fact]
    public void A_head_gives_what_is_left_when_the_others_are_ablated()
    {
        (Transformer model, TokenBatch batch, var tape) = Net(Sample.Settings with { Bias = false });
        HeadOutputs outputs = HeadOutputs.Of(model, PointCapture.Run(tape, model, batch), 1, 0, 4);
        PointCapture alone = PointCapture.Run(tape, model, batch, interventions: [.. new[] { 0, 1, 3 }.Select(head => new ZeroAblation("blocks.1.attn.z") { Head = AttentionHead.Of(model.Settings, head) })]);
        for (int i = 0; i < 16; i++)
        {
            Assert.Equal(alone["blocks.1.attn_out"].Row(0, 4)[i], outputs[2][i], 1e-5);
        }
    }

    [Fact]
    public void What_is_not_defined_is_refused_in_a_sentence()
    {
        (Transformer model, TokenBatch batch, var tape) = Net(Sample.Settings with { Kind = "encoder-decoder" });
        Assert.Equal(
            "Attribution follows one residual stream; an encoder-decoder has two, so give a decoder or an encoder.",
            Assert.Throws<InspectionException>(() => LogitAttribution.Run(tape, model, batch, new LogitMetric(1))).Message);
        (Transformer post, TokenBatch read, _) = Net(Sample.Settings with { Residual = "post" });
        PointCapture pass = PointCapture.Run(tape, post, read);
        Assert.Equal(
            "The lens was to keep the final scale, and a net with residual=post and norm=layer has none; give each layer its own.",
            Assert.Throws<InspectionException>(() => new LogitLens(tape, post, pass, LensScale.Final)).Message);
        Assert.Equal(
            "The lens was to read behind layer 3; the model has layers 1 to 2, and 0 is in front of the first.",
            Assert.Throws<InspectionException>(() => new LogitLens(tape, post, pass).Logits(3)).Message);
    }

    [Fact]
    public void Heads_that_are_not_linear_or_give_no_logits_are_refused()
    {
        (Transformer bert, TokenBatch batch, var tape) = Net(AnyNet.Family("bert"));
        Assert.Equal(
            "Attribution needs logits that are linear in the last stream, and head=masked puts an activation between; use the logit lens, or gradients of the logit, for such a model.",
            Assert.Throws<InspectionException>(() => LogitAttribution.Run(tape, bert, batch, new LogitMetric(1))).Message);
        (Transformer headless, _, _) = Net(AnyNet.Family("bert") with { Head = "none", OutputBias = false });
        PointCapture pass = PointCapture.Run(tape, headless, batch);
        Assert.Equal(
            "The logit lens reads logits, and the model's head is none: it gives its last stream; take one with head=linear or head=masked.",
            Assert.Throws<InspectionException>(() => new LogitLens(tape, headless, pass)).Message);
        Assert.Equal(
            "A metric reads logits, and the model's head is none: it gives its last stream; take one with head=linear or head=masked.",
            Assert.Throws<InspectionException>(() => PointCapture.Run(tape, headless, batch, metric: new LogitMetric(1))).Message);
    }

    private static (Transformer Model, TokenBatch Batch, Tape Tape) Net(TransformerSettings settings)
    {
        Transformer model = Sample.Model(settings);
        return (model, Sample.Batch(model, 2, 5), new Tape());
    }
}
