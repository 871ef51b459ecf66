using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class ForwardTests
{
    // Without a normalization a deep gated net may overflow. Power normalization has none in its first pass, since its running mean begins at 1.
    private static readonly Gen<TransformerSettings> Normalized = Sample.AnySettings.Where(settings =>
        settings.Norm is not "none" && settings.Residual is not ("none" or "plain" or "rezero") && (settings.Norm, settings.Activation) is not ("power", "swiglu" or "geglu" or "geglu-tanh"));

    [Fact]
    public void Logits_have_a_row_of_the_vocabulary_for_every_position_and_are_finite() => Normalized.Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        var tape = new Tape();
        tape.Begin(training: true);
        TokenBatch batch = Sample.Batch(model, 3, 5);
        Tensor loss = model.Loss(tape, batch);
        Assert.Equal(new Shape(3, 5, 11), tape["logits"].Shape);
        Assert.True(float.IsFinite(loss.Values[0]));
        tape.Backward(loss);
        Assert.All(model.Parameters, parameter => Assert.All(parameter.Gradient.ToArray(), gradient => Assert.True(float.IsFinite(gradient), parameter.Name)));
    }, iter: 60, threads: 1);

    [Fact]
    public void In_a_decoder_a_later_token_changes_no_bit_of_an_earlier_logit() => Causal(Sample.AnySettings.Where(settings => settings.Kind != "encoder"));

    [Fact]
    public void In_an_encoder_a_later_token_changes_earlier_logits()
    {
        Transformer model = Sample.Model(Sample.Settings with { Kind = "encoder" });
        TokenBatch batch = Sample.Batch(model, 1, 6);
        float[] before = Sample.Logits(model, batch);
        batch.Ids[^1] = (batch.Ids[^1] + 1) % 11;
        Assert.NotEqual(before[..11], Sample.Logits(model, batch)[..11]);
    }

    [Fact]
    public void Batch_statistics_of_a_training_pass_let_the_first_position_see_the_last_token()
    {
        Transformer model = Sample.Model(Sample.Settings with { Norm = "batch" });
        TokenBatch batch = Sample.Batch(model, 2, 6);
        float[] before = Sample.Logits(model, batch, training: true);
        batch.Ids[5] = (batch.Ids[5] + 1) % 11;
        Assert.NotEqual(before[..11], Sample.Logits(model, batch, training: true)[..11]);
    }

    [Fact]
    public void A_sentence_has_the_same_bits_alone_and_in_a_batch_of_seven() =>
        Sample.AnySettings.Sample(settings =>
        {
            Transformer model = Sample.Model(settings);
            TokenBatch batch = Sample.Batch(model, 7, 6);
            float[] together = Sample.Logits(model, batch);
            for (int sentence = 0; sentence < 7; sentence++)
            {
                Bits.Same(together.AsSpan(sentence * 6 * 11, 6 * 11), Sample.Logits(model, Sample.Alone(batch, sentence)));
            }
        }, iter: 40, threads: 1);

    [Fact]
    public void A_sentence_has_the_same_bits_in_a_training_batch_if_its_norm_looks_at_one_position() =>
        Sample.AnySettings.Where(settings => Sample.RowNorms.Contains(settings.Norm)).Sample(settings =>
        {
            Transformer model = Sample.Model(settings);
            TokenBatch batch = Sample.Batch(model, 7, 6);
            float[] together = Sample.Logits(model, batch, training: true);
            Bits.Same(together.AsSpan(4 * 6 * 11, 6 * 11), Sample.Logits(model, Sample.Alone(batch, 4), training: true));
        }, iter: 40, threads: 1);

    [Fact]
    public void Padding_changes_no_bit_of_a_sentence() =>
        Sample.AnySettings.Sample(settings =>
        {
            Transformer model = Sample.Model(settings);
            int[] lengths = [3, 6, 1];
            TokenBatch batch = Sample.Batch(model, 3, 6);
            batch.Mask = PaddingMask.FromLengths(lengths, 6);
            if (batch.Source is { } source)
            {
                source.Mask = PaddingMask.FromLengths([2, 8, 5], 8);
            }

            float[] padded = Sample.Logits(model, batch);
            TokenBatch alone = Sample.Alone(batch, 0, lengths[0]);
            if (batch.Source is not null)
            {
                alone.Source = Sample.Alone(batch.Source, 0, 2);
            }

            Bits.Same(Sample.Logits(model, alone), padded.AsSpan(0, 3 * 11));
        }, iter: 40, threads: 1);

    [Fact]
    public void The_number_of_threads_changes_no_bit_of_logits_and_gradients()
    {
        Transformer model = Sample.Model(Sample.Settings with { Activation = "swiglu" });
        TokenBatch batch = Sample.Batch(model, 5, 9);
        float[] one = LogitsAndGradients(model, batch, new Tape(new ThreadTeam(1)));
        Bits.Same(one, LogitsAndGradients(model, batch, new Tape(new ThreadTeam(3))));
    }

    [Fact]
    public void The_loss_leaves_out_targets_that_are_not_counted()
    {
        Transformer model = Sample.Model(Sample.Settings);
        TokenBatch batch = Sample.Batch(model, 2, 6);
        batch.Targets.AsSpan(6).Fill(TokenBatch.NotCounted);
        TokenBatch first = Sample.Alone(batch, 0);
        Assert.Equal(Loss(model, first), Loss(model, batch), 1e-6f);
    }

    [Fact]
    public void Gradients_are_the_slopes_of_the_loss() => Normalized.Where(settings => (settings.Norm is "layer" or "rms" or "rms-offset" or "dyt") && settings.Activation is not "relu").Sample(settings =>
    {
        Transformer model = Sample.Model(settings with { Initialization = "xavier" });
        TokenBatch batch = Sample.Batch(model, 2, 4);
        var tape = new Tape();
        tape.Begin();
        Tensor loss = model.Loss(tape, batch);
        tape.Backward(loss);

        // At inference batch statistics bound nothing, and in a net that explodes a step is lost in rounding: norms of one position alone.
        // Along the gradient the slope is its squared length. The step moves the loss by a five-thousandth: far above rounding, and still nearly straight.
        double squared = model.Parameters.Sum(parameter => parameter.Gradient.ToArray().Sum(gradient => (double)gradient * gradient));
        if (squared > 0.1)
        {
            double step = 2e-4 * loss.Values[0] / squared;
            double slope = (Moved(model, batch, step) - Moved(model, batch, -step)) / (2 * step);
            Assert.InRange(slope / squared, 0.98, 1.02);
        }
    }, iter: 60, threads: 1);

    [Fact]
    public void Dropout_acts_in_training_alone_and_by_the_seed_of_the_pass()
    {
        Transformer model = Sample.Model(Sample.Settings with { Dropout = 0.3f }), without = Sample.Model(Sample.Settings);
        TokenBatch batch = Sample.Batch(model, 2, 6);
        Bits.Same(Sample.Logits(without, batch), Sample.Logits(model, batch));
        float[] one = Dropped(model, batch, 1);
        Bits.Same(one, Dropped(model, batch, 1));
        Assert.NotEqual(one, Dropped(model, batch, 2));
    }

    [Fact]
    public void Sentences_longer_than_the_context_are_refused_with_both_lengths()
    {
        Transformer model = Sample.Model(Sample.Settings);
        var error = Assert.Throws<ArgumentException>(() => Sample.Logits(model, new TokenBatch(1, 13)));
        Assert.Contains("13 positions were given; the model's context (length) is 12", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoder_decoder_without_a_source_is_refused()
    {
        Transformer model = Sample.Model(Sample.Settings with { Kind = "encoder-decoder" });
        Assert.Contains("Source", Assert.Throws<ArgumentException>(() => Sample.Logits(model, new TokenBatch(1, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sinusoidal_positions_are_those_of_the_paper()
    {
        Transformer model = Sample.Model(Sample.Settings with { Positions = "sinusoidal" });
        var tape = new Tape();
        tape.Begin();
        model.Forward(tape, Sample.Batch(model, 2, 7));
        ReadOnlySpan<float> positions = tape["pos_embed"].Values;
        for (int i = 0; i < positions.Length; i++)
        {
            int position = i / 16 % 7, feature = i % 16;
            double angle = position / Math.Pow(10_000, (feature - (feature % 2)) / 16.0);
            Assert.Equal(feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle), positions[i], 1e-7);
        }
    }

    [Fact]
    public void From_the_second_pass_on_training_allocates_no_managed_memory()
    {
        foreach (string residual in Sample.Residuals)
        {
            foreach (string norm in Sample.Norms)
            {
                AssertNoAllocation(Sample.Settings with { Residual = residual, Norm = norm, Dropout = 0.1f });
            }
        }

        AssertNoAllocation(Sample.Settings with { Kind = "encoder-decoder", Activation = "swiglu", KeyValueHeads = 2 });
        AssertNoAllocation(Sample.Settings with { Kind = "encoder", Positions = "rotary", Tied = true });
        AssertNoAllocation(Sample.Settings with { Positions = "sinusoidal", Activation = "gelu-tanh" });
        AssertNoAllocation(Sample.Settings with { Kind = "encoder", Residual = "post", TokenTypes = 2, EmbeddingNorm = true, Head = "masked", Tied = true, OutputBias = true, Pooler = true });
        AssertNoAllocation(Sample.Settings with { Residual = "sandwich", Norm = "rms-offset", Activation = "geglu-tanh", Positions = "rotary", RotaryWidth = 2, RotaryScaling = "llama3", HeadWidth = 6, EmbeddingScale = 4, ScoreCap = 5, LogitCap = 5 });
    }

    private static void AssertNoAllocation(TransformerSettings settings)
    {
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 3, 7);
        batch.Mask = PaddingMask.FromLengths([7, 4, 2], 7);
        var tape = new Tape(new ThreadTeam(2)); // of its own: whoever waits for the first time for a team that others use allocates an event
        for (int pass = 0; pass < 3; pass++)
        {
            Pass();
        }

        Assert.Equal(0, Allocation.Of(Pass));

        void Pass()
        {
            tape.Begin(training: true, new RandomSource(1));
            tape.Backward(model.Loss(tape, batch));
        }
    }

    private static void Causal(Gen<TransformerSettings> any) => any.Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 1, 8);
        float[] before = Sample.Logits(model, batch);
        for (int changed = 1; changed < 8; changed++)
        {
            batch.Ids[changed] = (batch.Ids[changed] + 1) % 11;
            float[] after = Sample.Logits(model, batch);
            Bits.Same(before.AsSpan(0, changed * 11), after.AsSpan(0, changed * 11));
            before = after;
        }
    }, iter: 40, threads: 1);

    private static float[] LogitsAndGradients(Transformer model, TokenBatch batch, Tape tape)
    {
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.ClearGradient();
        }

        tape.Begin();
        tape.Backward(model.Loss(tape, batch));
        return [.. tape["logits"].Values, .. model.Parameters.SelectMany(parameter => parameter.Gradient.ToArray())];
    }

    private static float Loss(Transformer model, TokenBatch batch)
    {
        var tape = new Tape();
        tape.Begin();
        return model.Loss(tape, batch).Values[0];
    }

    private static double Moved(Transformer model, TokenBatch batch, double step)
    {
        float[][] kept = [.. model.Parameters.Select(parameter => parameter.Values.ToArray())];
        foreach (Parameter parameter in model.Parameters)
        {
            for (int i = 0; i < parameter.Values.Length; i++)
            {
                parameter.Values[i] += (float)(step * parameter.Gradient[i]);
            }
        }

        double loss = Loss(model, batch);
        foreach ((Parameter parameter, float[] values) in model.Parameters.Zip(kept))
        {
            values.CopyTo(parameter.Values);
        }

        return loss;
    }

    private static float[] Dropped(Transformer model, TokenBatch batch, ulong seed)
    {
        var tape = new Tape();
        tape.Begin(training: true, new RandomSource(seed));
        return model.Forward(tape, batch).Values.ToArray();
    }
}
