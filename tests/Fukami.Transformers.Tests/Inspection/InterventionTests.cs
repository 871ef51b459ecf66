using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class InterventionTests
{
    [Fact]
    public void Patching_with_the_passs_own_values_changes_no_bit() => AnyNet.Any.Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 2, 5);
        batch.Mask = PaddingMask.FromLengths([5, 3], 5);
        var tape = new Tape();
        PointCapture pass = PointCapture.Run(tape, model, batch);
        foreach (IReadOnlyList<int>? positions in (IReadOnlyList<int>?[])[null, [0, 2]])
        {
            IReadOnlyList<Intervention> patches = [.. pass.Points.Where(p => positions is null || p.Shape[^2] > 2).Select(p => new Patch(p.Name, pass) { Positions = positions })];
            PointCapture patched = PointCapture.Run(tape, model, batch, interventions: patches);
            foreach (CapturedPoint point in pass.Points)
            {
                Bits.Same(point.Values, patched[point.Name].Values);
            }
        }
    }, iter: 60, threads: 1);

    [Fact]
    public void Without_a_branch_the_stream_is_what_it_was_less_the_branch() => AnyNet.OneStack.Sample(settings =>
    {
        Transformer model = Sample.Model(settings with { Residual = "pre" });
        TokenBatch batch = Sample.Batch(model, 2, 5);
        var tape = new Tape();
        string last = $"blocks.{settings.Depth - 1}";
        PointCapture whole = PointCapture.Run(tape, model, batch);
        PointCapture without = PointCapture.Run(tape, model, batch, interventions: [new ZeroAblation($"{last}.mlp_out")]);
        Bits.Same(whole[$"{last}.resid_mid"].Values, without[$"{last}.resid_post"].Values);
        for (int i = 0; i < whole[$"{last}.mlp_out"].Values.Length; i++)
        {
            double stream = whole[$"{last}.resid_post"].Values[i], branch = whole[$"{last}.mlp_out"].Values[i];
            Assert.Equal(stream - branch, without[$"{last}.resid_post"].Values[i], 1e-6 * (1 + Math.Abs(stream) + Math.Abs(branch)));
        }
    }, iter: 30, threads: 1);

    [Fact]
    public void An_intervention_acts_at_its_positions_and_its_head_and_nowhere_else()
    {
        (Transformer model, TokenBatch batch, var tape) = Decoder();
        PointCapture whole = PointCapture.Run(tape, model, batch);
        PointCapture ablated = PointCapture.Run(tape, model, batch, interventions: [new ZeroAblation("blocks.1.attn.z") { Positions = [1, 3], Head = AttentionHead.Of(model.Settings, 2) }]);
        for (int position = 0; position < 5; position++)
        {
            for (int i = 0; i < 16; i++)
            {
                float expected = position is 1 or 3 && i is >= 8 and < 12 ? 0 : whole["blocks.1.attn.z"].Row(1, position)[i];
                Assert.Equal(expected, ablated["blocks.1.attn.z"].Row(1, position)[i]);
            }
        }
    }

    [Fact]
    public void A_head_whose_pattern_is_ablated_gives_nothing_and_the_others_what_they_gave()
    {
        (Transformer model, TokenBatch batch, var tape) = Decoder();
        AttentionHead head = AttentionHead.Of(model.Settings, 1);
        PointCapture byPattern = PointCapture.Run(tape, model, batch, interventions: [new ZeroAblation("blocks.0.attn.pattern") { Head = head }]);
        PointCapture byOutput = PointCapture.Run(tape, model, batch, interventions: [new ZeroAblation("blocks.0.attn.z") { Head = head }]);
        Bits.Same(byOutput["logits"].Values, byPattern["logits"].Values);
    }

    [Fact]
    public void Ablated_scores_leave_the_future_and_the_padding_unseen()
    {
        (Transformer model, TokenBatch batch, var tape) = Decoder();
        batch.Mask = PaddingMask.FromLengths([5, 2], 5);
        CapturedPoint pattern = PointCapture.Run(tape, model, batch, interventions: [new ZeroAblation("blocks.0.attn.attn_scores")])["blocks.0.attn.pattern"];
        for (int query = 0; query < 5; query++)
        {
            for (int key = 0; key < 5; key++)
            {
                Assert.Equal(key <= query ? 1f / (query + 1) : 0, pattern.Row(0, query, head: 3)[key], 1e-6);
                Assert.Equal(key <= query && key < 2 ? 1f / Math.Min(query + 1, 2) : 0, pattern.Row(1, query, head: 3)[key], 1e-6);
            }
        }
    }

    [Fact]
    public void Interventions_at_one_point_act_one_after_the_other()
    {
        (Transformer model, TokenBatch batch, var tape) = Decoder();
        PointCapture whole = PointCapture.Run(tape, model, batch);
        CapturedPoint branch = PointCapture.Run(tape, model, batch, interventions: [new ZeroAblation("blocks.0.mlp_out"), new Patch("blocks.0.mlp_out", whole) { Positions = [2], SourcePositions = [4] }])["blocks.0.mlp_out"];
        Bits.Same(new float[16], branch.Row(0, 1));
        Bits.Same(whole["blocks.0.mlp_out"].Row(0, 4), branch.Row(0, 2));
    }

    [Fact]
    public void After_the_pass_the_tape_replaces_what_it_replaced_before_and_no_more()
    {
        (Transformer model, TokenBatch batch, var tape) = Decoder();
        tape.Replace("blocks.0.attn_out", static x => 2f * x);
        float[] before = PointCapture.Run(tape, model, batch)["logits"].Values.ToArray();
        PointCapture.Run(tape, model, batch, interventions: [new ZeroAblation("blocks.0.mlp_out"), new ZeroAblation("blocks.0.attn_out")]);
        Bits.Same(before, PointCapture.Run(tape, model, batch)["logits"].Values);
    }

    [Fact]
    public void A_gradient_passes_where_nothing_was_replaced_and_nowhere_else()
    {
        (Transformer model, TokenBatch batch, var tape) = Decoder();
        PointCapture pass = PointCapture.Run(tape, model, batch, interventions: [new ZeroAblation("blocks.1.resid_pre") { Positions = [0, 1] }], metric: new LossMetric());
        CapturedPoint below = pass["blocks.0.resid_post"], replaced = pass["blocks.1.resid_pre"];
        for (int position = 0; position < 5; position++)
        {
            Bits.Same(position < 2 ? new float[16] : replaced.GradientRow(1, position), below.GradientRow(1, position));
            Assert.Contains(replaced.GradientRow(1, position).ToArray(), slope => slope != 0);
        }
    }

    [Fact]
    public void Mean_ablation_leaves_the_mean_of_the_reference_with_its_padding_left_out()
    {
        (Transformer model, TokenBatch batch, var tape) = Decoder();
        PointCapture full = PointCapture.Run(tape, model, batch);
        batch.Mask = PaddingMask.FromLengths([1, 2], 5);
        PointCapture reference = PointCapture.Run(tape, model, batch, ["blocks.0.mlp_out"]);
        CapturedPoint source = reference["blocks.0.mlp_out"], ablated = PointCapture.Run(tape, model, full.Batch, interventions: [MeanAblation.Of("blocks.0.mlp_out", reference)])["blocks.0.mlp_out"];
        for (int i = 0; i < 16; i++)
        {
            float mean = (source.Row(0, 0)[i] + source.Row(1, 0)[i] + source.Row(1, 1)[i]) / 3;
            Assert.Equal(mean, ablated.Row(0, 3)[i], 1e-6);
            Assert.Equal(ablated.Row(0, 3)[i], ablated.Row(1, 0)[i]);
        }
    }

    [Fact]
    public void Resampling_takes_rows_of_the_source_by_its_seed()
    {
        (Transformer model, TokenBatch batch, var tape) = Decoder();
        PointCapture source = PointCapture.Run(tape, model, Sample.Batch(model, 4, 6, seed: 12), ["blocks.0.attn_out"]);
        CapturedPoint others = source["blocks.0.attn_out"];
        float[] Drawn(ulong seed, bool anyPosition) => PointCapture.Run(
            tape, model, batch, interventions: [new ResampleAblation("blocks.0.attn_out", source, new RandomSource(seed)) { AnyPosition = anyPosition }])["blocks.0.attn_out"].Values.ToArray();

        foreach (bool anyPosition in (bool[])[false, true])
        {
            float[] drawn = Drawn(1, anyPosition);
            Bits.Same(drawn, Drawn(1, anyPosition));
            Assert.Contains(Enumerable.Range(2, 8), seed => !Bits.AreSame(drawn, Drawn((ulong)seed, anyPosition)));
            for (int row = 0; row < 10; row++)
            {
                float[] one = drawn[(16 * row)..(16 * (row + 1))];
                Assert.Contains(Enumerable.Range(0, 24), at => (anyPosition || at % 6 == row % 5) && Bits.AreSame(one, others.Row(at / 6, at % 6)));
            }
        }
    }

    [Fact]
    public void Resampling_draws_no_padding()
    {
        (Transformer model, TokenBatch batch, var tape) = Decoder();
        TokenBatch padded = Sample.Batch(model, 3, 5, seed: 12);
        padded.Mask = PaddingMask.FromLengths([5, 3, 1], 5);
        PointCapture source = PointCapture.Run(tape, model, padded, ["embed"]);
        for (ulong seed = 0; seed < 10; seed++)
        {
            CapturedPoint drawn = PointCapture.Run(tape, model, batch, interventions: [new ResampleAblation("embed", source, new RandomSource(seed))])["embed"];
            Bits.Same(source["embed"].Row(0, 4), drawn.Row(1, 4));
        }
    }

    [Fact]
    public void Without_its_skip_paths_a_layer_goes_on_with_its_branches_and_gradients_come_through_them() => AnyNet.OneStack.Where(s => s.Head != "none").Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 2, 5);
        var tape = new Tape();
        if (settings.Residual is "none" or "none-norm")
        {
            Assert.Contains("has none; give one with skip paths.", Assert.Throws<InspectionException>(() => SkipPathAblation.Of(model, 0)).Message, StringComparison.Ordinal);
            return;
        }

        PointCapture cut = PointCapture.Run(tape, model, batch, interventions: SkipPathAblation.Of(model, 0), metric: new LossMetric());
        string sum = cut.Has("blocks.0.resid_post_sum") ? "blocks.0.resid_post_sum" : "blocks.0.resid_post";
        if (settings.Residual == "parallel")
        {
            float[] both = [.. cut["blocks.0.attn_out"].Values.ToArray().Zip(cut["blocks.0.mlp_out"].Values.ToArray(), (a, m) => a + m)];
            Bits.Same(both, cut[sum].Values);
        }
        else
        {
            Bits.Same(cut["blocks.0.mlp_out"].Values, cut[sum].Values);
        }

        Bits.Same(cut[sum].Gradient, cut["blocks.0.mlp_out"].Gradient);
    }, iter: 40, threads: 1);

    [Fact]
    public void What_is_captured_does_not_depend_on_how_much_is() => AnyNet.Any.Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 2, 5);
        var tape = new Tape();
        string[] some = [.. model.PointNames.Where((_, i) => i % 3 == 0)];
        string branch = model.PointNames.First(name => name.EndsWith("_out", StringComparison.Ordinal));
        foreach (IReadOnlyList<Intervention> interventions in (IReadOnlyList<Intervention>[])[[], [new ZeroAblation(branch) { Positions = [1] }]])
        {
            PointCapture all = PointCapture.Run(tape, model, batch, interventions: interventions), few = PointCapture.Run(tape, model, batch, some, interventions);
            Assert.Equal(some, few.Points.Select(point => point.Name));
            Assert.All(few.Points, point => Bits.Same(all[point.Name].Values, point.Values));
        }
    }, iter: 30, threads: 1);

    [Fact]
    public void A_capture_has_the_gradients_of_any_backward_pass_and_leaves_the_parameters_alone() => AnyNet.Any.Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 2, 5);
        var tape = new Tape();
        PointCapture captured = PointCapture.Run(tape, model, batch, metric: new LossMetric());
        Assert.DoesNotContain(model.Parameters, parameter => parameter.Gradient.IndexOfAnyExcept(0f) >= 0);
        tape.Begin();
        tape.Backward(model.Loss(tape, batch));
        foreach ((Point point, Tensor tensor) in tape.Points)
        {
            Bits.Same(tensor.Gradient, captured[point.Name].Gradient);
        }
    }, iter: 60, threads: 1);

    [Fact]
    public void What_does_not_fit_is_refused_in_a_sentence()
    {
        (Transformer model, TokenBatch batch, var tape) = Decoder();
        PointCapture other = PointCapture.Run(tape, model, Sample.Batch(model, 1, 3), ["blocks.0.attn_out", "blocks.0.attn.pattern"]);
        Refused("The model has no point blocks.7.attn_out; it has 39, from embed to logits.", new ZeroAblation("blocks.7.attn_out"));
        Refused("Position 5 of blocks.0.attn_out was asked for; this pass has positions 0 to 4.", new ZeroAblation("blocks.0.attn_out") { Positions = [5] });
        Refused("Position 3 of the source was asked for at blocks.0.attn_out; it has positions 0 to 2.", new Patch("blocks.0.attn_out", other));
        Refused("The point blocks.1.attn_out was not captured; 2 were, from blocks.0.attn.pattern to blocks.0.attn_out.", new Patch("blocks.1.attn_out", other));
        Refused("A mean of 3 features was given for blocks.0.attn_out, which has 16.", new MeanAblation("blocks.0.attn_out", [1, 2, 3]));
        Refused("No sentence of the source has a token at position 4 of blocks.0.attn_out; give longer ones, or draw positions too.", new ResampleAblation("blocks.0.attn_out", other, new RandomSource(1)));
        Refused("The source's value at blocks.0.attn.pattern has shape (1, 4, 3, 3) and the pass's (2, 4, 5, 5); all but batch and length must be the same, and at scores and patterns the number of keys too.", new Patch("blocks.0.attn.pattern", other));
        Assert.Equal("Head 4 was asked for; the model has heads 0 to 3.", Assert.Throws<InspectionException>(() => AttentionHead.Of(model.Settings, 4)).Message);

        void Refused(string sentence, Intervention intervention) =>
            Assert.Equal(sentence, Assert.Throws<InspectionException>(() => PointCapture.Run(tape, model, batch, interventions: [intervention])).Message);
    }

    private static (Transformer Model, TokenBatch Batch, Tape Tape) Decoder()
    {
        Transformer model = Sample.Model(Sample.Settings);
        return (model, Sample.Batch(model, 2, 5), new Tape());
    }
}
