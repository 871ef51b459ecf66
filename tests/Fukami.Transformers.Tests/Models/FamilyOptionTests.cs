using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>What checkpoints of the known families have beside the arrangement, each against its formula in double precision.</summary>
public sealed class FamilyOptionTests
{
    private const int Width = 16;
    private const int Batch = 2;
    private const int Length = 5;

    [Fact]
    public void Heads_may_be_wider_than_their_share_of_the_width()
    {
        Transformer model = Transformer.Blank(Sample.Settings with { Kind = "encoder-decoder", Depth = 1, HeadWidth = 6, KeyValueHeads = 2 });
        Assert.Equal(new Shape(Width, 24 + 12 + 12), Of(model, "encoder.blocks.0.attn.qkv.weight").Shape);
        Assert.Equal(new Shape(24, Width), Of(model, "encoder.blocks.0.attn.out.weight").Shape);
        Assert.Equal(new Shape(Width, 24), Of(model, "decoder.blocks.0.cross.q.weight").Shape);
        Assert.Equal(new Shape(Width, 24), Of(model, "decoder.blocks.0.cross.kv.weight").Shape);
        Assert.Equal(6, new TransformerSettings { Width = 30, HeadWidth = 6 }.Validate().HeadWidth);
    }

    [Theory]
    [InlineData("decoder", 0)]
    [InlineData("decoder", 1.5f)]
    [InlineData("encoder", 1.5f)]
    public void Scores_are_scaled_by_the_score_width_and_then_capped(string kind, float cap)
    {
        Tape tape = Pass(Sample.Settings with { Kind = kind, HeadWidth = 6, ScoreWidth = 2.5f, ScoreCap = cap, Positions = "rotary" });
        Tensor scores = tape["blocks.0.attn.attn_scores"];
        ReadOnlySpan<float> q = tape["blocks.0.attn.rot_q"].Values, k = tape["blocks.0.attn.rot_k"].Values;
        for (int i = 0; i < scores.Values.Length; i++)
        {
            int key = i % Length, query = i / Length % Length, head = i / (Length * Length) % 4, sentence = i / (Length * Length * 4);
            double dot = 0;
            for (int j = 0; j < 6; j++)
            {
                dot += (double)q[(((sentence * Length) + query) * 24) + (head * 6) + j] * k[(((sentence * Length) + key) * 24) + (head * 6) + j];
            }

            double score = dot / Math.Sqrt(2.5);
            double expected = kind == "decoder" && key > query ? double.NegativeInfinity : cap == 0 ? score : cap * Math.Tanh(score / cap);
            Assert.Equal(expected, scores.Values[i], 1e-5);
        }
    }

    [Fact]
    public void Rotary_positions_have_the_width_and_the_base_of_the_settings()
    {
        Tape tape = Pass(Sample.Settings with { HeadWidth = 6, Positions = "rotary", RotaryWidth = 4, RotaryBase = 50 });
        ReadOnlySpan<float> q = tape["blocks.0.attn.q"].Values, turned = tape["blocks.0.attn.rot_q"].Values;
        for (int i = 0; i < q.Length; i += 6)
        {
            int position = i / 24 % Length;
            for (int pair = 0; pair < 2; pair++)
            {
                double angle = position * Math.Pow(50, -pair / 2.0);
                Assert.Equal((q[i + pair] * Math.Cos(angle)) - (q[i + pair + 2] * Math.Sin(angle)), turned[i + pair], 1e-5);
                Assert.Equal((q[i + pair + 2] * Math.Cos(angle)) + (q[i + pair] * Math.Sin(angle)), turned[i + pair + 2], 1e-5);
            }

            Bits.Same(q.Slice(i + 4, 2), turned.Slice(i + 4, 2));
        }
    }

    [Fact]
    public void Linear_scaling_of_rotary_positions_interpolates_them()
    {
        TransformerSettings plain = Sample.Settings with { Positions = "rotary" };
        ReadOnlySpan<float> slow = Pass(plain with { RotaryScaling = "linear", RotaryFactor = 4 })["blocks.0.attn.rot_q"].Values;
        ReadOnlySpan<float> fast = Pass(plain)["blocks.0.attn.rot_q"].Values;

        // features 0 and 2 of a head turn together, by one radian a position
        Assert.Equal(0, Angle(slow, 0), 1e-5);
        Assert.Equal(4 * Angle(slow, 1), Angle(fast, 1), 1e-5);

        float Unturned(int feature, int position) => Pass(plain)["blocks.0.attn.q"].Values[(position * Width) + feature];
        double Angle(ReadOnlySpan<float> turned, int position)
        {
            double before = Math.Atan2(Unturned(2, position), Unturned(0, position));
            return Math.IEEERemainder(Math.Atan2(turned[(position * Width) + 2], turned[position * Width]) - before, 2 * Math.PI);
        }
    }

    // Llama 3.1's own rule is stated in wavelengths.
    [Fact]
    public void Llama3_scaling_is_that_of_wavelengths()
    {
        var settings = new TransformerSettings { Positions = "rotary", RotaryScaling = "llama3", RotaryBase = 500_000, RotaryFactor = 8, RotaryLowFactor = 1, RotaryHighFactor = 4, RotaryOriginalLength = 8192 };
        int kept = 0, scaled = 0, between = 0;
        for (int pair = 0; pair < 64; pair++)
        {
            double frequency = Math.Pow(500_000, -pair / 64.0), wavelength = 2 * Math.PI / frequency;
            double smooth = ((8192 / wavelength) - 1) / (4 - 1);
            (double expected, int which) = wavelength < 8192 / 4.0 ? (frequency, 0) : wavelength > 8192 ? (frequency / 8, 1) : (((1 - smooth) * frequency / 8) + (smooth * frequency), 2);
            (kept, scaled, between) = (kept + (which == 0 ? 1 : 0), scaled + (which == 1 ? 1 : 0), between + (which == 2 ? 1 : 0));
            Assert.Equal(expected, RotaryScalings.Find(settings).Of(frequency, settings), expected * 1e-12);
        }

        Assert.True(kept > 0 && scaled > 0 && between > 0);
    }

    [Fact]
    public void Each_part_has_the_biases_that_its_setting_says()
    {
        TransformerSettings without = Sample.Settings with { Kind = "encoder-decoder", Depth = 1, Bias = false, Activation = "geglu" };
        Assert.DoesNotContain(Names(without), name => name.EndsWith(".bias", StringComparison.Ordinal));
        Assert.Equal(
            ["encoder.blocks.0.attn.qkv.bias", "decoder.blocks.0.attn.qkv.bias", "decoder.blocks.0.cross.q.bias", "decoder.blocks.0.cross.kv.bias"],
            Biases(without with { QkvBias = true }));
        Assert.Equal(
            ["encoder.blocks.0.attn.out.bias", "decoder.blocks.0.attn.out.bias", "decoder.blocks.0.cross.out.bias"],
            Biases(without with { AttentionBias = true }));
        Assert.Equal(
            ["encoder.blocks.0.mlp.gate.bias", "encoder.blocks.0.mlp.up.bias", "encoder.blocks.0.mlp.down.bias", "decoder.blocks.0.mlp.gate.bias", "decoder.blocks.0.mlp.up.bias", "decoder.blocks.0.mlp.down.bias"],
            Biases(without with { FeedForwardBias = true }));
        Assert.Equal(
            ["encoder.blocks.0.ln1.bias", "encoder.blocks.0.ln2.bias", "encoder.ln_final.bias", "decoder.blocks.0.ln1.bias", "decoder.blocks.0.ln_cross.bias", "decoder.blocks.0.ln2.bias", "decoder.ln_final.bias"],
            Biases(without with { NormBias = true }));
        Assert.Equal(["unembed.bias"], Biases(without with { OutputBias = true }));
        Assert.Equal(Names(without), Names(without with { Bias = true, QkvBias = false, AttentionBias = false, FeedForwardBias = false, NormBias = false }));
    }

    [Theory]
    [InlineData("geglu")]
    [InlineData("geglu-tanh")]
    [InlineData("swiglu")]
    public void A_gated_activation_decides_what_passes(string activation)
    {
        Tape tape = Pass(Sample.Settings with { Activation = activation });
        ReadOnlySpan<float> gate = tape["blocks.1.mlp.pre"].Values, linear = tape["blocks.1.mlp.pre_linear"].Values, post = tape["blocks.1.mlp.post"].Values;
        for (int i = 0; i < post.Length; i++)
        {
            double x = gate[i];
            double f = activation switch
            {
                "geglu" => Gelu(x),
                "geglu-tanh" => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
                _ => x / (1 + Math.Exp(-x)),
            };
            Assert.Equal(f * linear[i], post[i], 1e-5);
        }
    }

    [Fact]
    public void Embeddings_are_scaled_typed_summed_and_normalized()
    {
        TransformerSettings settings = Sample.Settings with { TokenTypes = 3, EmbeddingScale = 4, EmbeddingNorm = true };
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, Batch, Length);
        Assert.True(batch.TokenTypes.Distinct().Count() > 1);
        Tape tape = Pass(model, batch);
        ReadOnlySpan<float> tokens = Of(model, "embed.weight").Values, positions = Of(model, "pos_embed.weight").Values, types = Of(model, "token_type_embed.weight").Values;
        ReadOnlySpan<float> gain = Of(model, "ln_embed.gain").Values, bias = Of(model, "ln_embed.bias").Values, first = tape["blocks.0.resid_pre"].Values;
        var sum = new double[Width];
        for (int row = 0; row < Batch * Length; row++)
        {
            for (int j = 0; j < Width; j++)
            {
                Assert.Equal(4 * tokens[(batch.Ids[row] * Width) + j], tape["embed"].Values[(row * Width) + j]);
                sum[j] = (4.0 * tokens[(batch.Ids[row] * Width) + j]) + positions[(row % Length * Width) + j] + types[(batch.TokenTypes[row] * Width) + j];
                Assert.Equal(sum[j], tape["embed_sum"].Values[(row * Width) + j], 1e-5);
            }

            double[] normalized = LayerNormalized(sum, gain, bias);
            for (int j = 0; j < Width; j++)
            {
                Assert.Equal(normalized[j], first[(row * Width) + j], 1e-4);
            }
        }
    }

    [Fact]
    public void A_token_type_that_the_model_does_not_have_is_refused()
    {
        Transformer model = Sample.Model(Sample.Settings with { TokenTypes = 2 });
        TokenBatch batch = Sample.Batch(model, 1, 3);
        batch.TokenTypes[1] = 2;
        Assert.Contains("Id 2 is not in token_type_embed.weight, which has rows 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => Sample.Logits(model, batch)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_masked_head_is_a_dense_layer_an_activation_a_norm_and_the_output_weights(bool tied)
    {
        Transformer model = Sample.Model(Sample.Settings with { Kind = "encoder", Residual = "post", Head = "masked", Tied = tied, OutputBias = true, LogitCap = 3 });
        Tape tape = Pass(model, Sample.Batch(model, Batch, Length));
        ReadOnlySpan<float> stream = tape["blocks.1.resid_post"].Values, logits = tape["logits"].Values;
        ReadOnlySpan<float> dense = Of(model, "head.dense.weight").Values, denseBias = Of(model, "head.dense.bias").Values;
        ReadOnlySpan<float> output = Of(model, tied ? "embed.weight" : "unembed.weight").Values, outputBias = Of(model, "unembed.bias").Values;
        var hidden = new double[Width];
        for (int row = 0; row < Batch * Length; row++)
        {
            for (int j = 0; j < Width; j++)
            {
                double pre = denseBias[j];
                for (int i = 0; i < Width; i++)
                {
                    pre += (double)stream[(row * Width) + i] * dense[(i * Width) + j];
                }

                hidden[j] = Gelu(pre);
            }

            double[] normalized = LayerNormalized(hidden, Of(model, "head.ln.gain").Values, Of(model, "head.ln.bias").Values);
            for (int token = 0; token < 11; token++)
            {
                double logit = outputBias[token];
                for (int j = 0; j < Width; j++)
                {
                    logit += normalized[j] * output[tied ? (token * Width) + j : (j * 11) + token];
                }

                Assert.Equal(3 * Math.Tanh(logit / 3), logits[(row * 11) + token], 1e-4);
            }
        }
    }

    [Theory]
    [InlineData("decoder", "ln_final.normalized")]
    [InlineData("encoder", "ln_final.normalized")]
    [InlineData("encoder-decoder", "decoder.ln_final.normalized")]
    public void Without_a_head_a_model_gives_its_last_stream_and_takes_no_loss(string kind, string last)
    {
        Transformer headless = Sample.Model(Sample.Settings with { Kind = kind, Head = "none", OutputBias = true }), whole = Sample.Model(Sample.Settings with { Kind = kind });
        TokenBatch batch = Sample.Batch(whole, Batch, Length);
        Assert.DoesNotContain(headless.Parameters, parameter => parameter.Name.StartsWith("unembed", StringComparison.Ordinal));
        Bits.Same(Pass(whole, batch)[last].Values, Sample.Logits(headless, batch));
        Assert.Contains("head is none", Assert.Throws<SettingsException>(() => headless.Loss(new Tape(), batch)).Message, StringComparison.Ordinal);
        Assert.Contains("head is none", Assert.Throws<SettingsException>(() => Small.Trainer(model: Small.Model(kind) with { Head = "none" })).Message, StringComparison.Ordinal);
        if (kind != "encoder")
        {
            Assert.Contains("head is none", Assert.Throws<SettingsException>(() => new Generator(headless)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("none")]
    public void The_pooler_is_tanh_of_a_dense_layer_of_the_first_position(string head)
    {
        Transformer model = Sample.Model(Sample.Settings with { Kind = "encoder", Residual = "post", Head = head, Pooler = true });
        Tape tape = Pass(model, Sample.Batch(model, Batch, Length));
        Assert.Equal(new Shape(Batch, 1, Width), tape["pooler_out"].Shape);
        ReadOnlySpan<float> stream = tape["blocks.1.resid_post"].Values, weight = Of(model, "pooler.weight").Values, bias = Of(model, "pooler.bias").Values;
        for (int i = 0; i < Batch * Width; i++)
        {
            double sum = bias[i % Width];
            for (int j = 0; j < Width; j++)
            {
                sum += (double)stream[(i / Width * Length * Width) + j] * weight[(j * Width) + (i % Width)];
            }

            Assert.Equal(Math.Tanh(sum), tape["pooler_out"].Values[i], 1e-5);
        }
    }

    [Fact]
    public void A_gradient_of_the_pooler_reaches_every_weight_of_the_stack_and_no_output_weight()
    {
        Transformer model = Sample.Model(Sample.Settings with { Kind = "encoder", Residual = "post", TokenTypes = 2, EmbeddingNorm = true, Pooler = true });
        TokenBatch batch = Sample.Batch(model, Batch, Length);
        Tape tape = Pass(model, batch);
        float[] direction = [.. Enumerable.Range(0, Batch * Width).Select(i => new RandomSource(4).Normal((ulong)i))];
        tape.Backward(tape["pooler_out"], direction);
        double squared = 0;
        foreach (Parameter parameter in model.Parameters)
        {
            double own = parameter.Gradient.ToArray().Sum(gradient => (double)gradient * gradient);
            Assert.True(own > 0 == (parameter.Name != "unembed.weight"), parameter.Name);
            squared += own;
        }

        float[][] gradients = [.. model.Parameters.Select(parameter => parameter.Gradient.ToArray())];
        double step = 1e-3 / Math.Sqrt(squared);
        Assert.InRange((Moved(step) - Moved(-step)) / (2 * step * squared), 0.98, 1.02);

        double Moved(double by)
        {
            float[][] kept = [.. model.Parameters.Select(parameter => parameter.Values.ToArray())];
            for (int p = 0; p < kept.Length; p++)
            {
                for (int i = 0; i < kept[p].Length; i++)
                {
                    model.Parameters[p].Values[i] += (float)(by * gradients[p][i]);
                }
            }

            float[] pooled = Pass(model, batch)["pooler_out"].Values.ToArray();
            for (int p = 0; p < kept.Length; p++)
            {
                kept[p].CopyTo(model.Parameters[p].Values);
            }

            return pooled.Zip(direction, (value, weight) => (double)value * weight).Sum();
        }
    }

    [Fact]
    public void The_pooler_of_a_sentence_has_the_same_bits_alone_and_beside_longer_ones()
    {
        Transformer model = Sample.Model(Sample.Settings with { Kind = "encoder", Residual = "post", TokenTypes = 2, EmbeddingNorm = true, Head = "none", Pooler = true });
        TokenBatch batch = Sample.Batch(model, 3, 6);
        batch.Mask = PaddingMask.FromLengths([6, 3, 5], 6);
        Bits.Same(Pass(model, batch)["pooler_out"].Values.Slice(Width, Width), Pass(model, Sample.Alone(batch, 1, 3))["pooler_out"].Values);
    }

    [Fact]
    public void Offset_rms_begins_as_rms_does()
    {
        TransformerSettings settings = Sample.Settings with { Norm = "rms-offset" };
        Transformer offset = Transformer.Init(settings, new RandomSource(1)), rms = Transformer.Init(settings with { Norm = "rms" }, new RandomSource(1));
        Assert.All(Of(offset, "blocks.0.ln1.gain").Values.ToArray(), gain => Assert.Equal(0f, gain));
        TokenBatch batch = Sample.Batch(rms, Batch, Length);
        Bits.Same(Sample.Logits(rms, batch), Sample.Logits(offset, batch));
    }

    [Fact]
    public void A_training_step_changes_every_parameter_of_a_model_like_Gemmas()
    {
        TransformerSettings settings = Small.Model() with
        {
            Residual = "sandwich",
            Norm = "rms-offset",
            Activation = "geglu-tanh",
            Positions = "rotary",
            Bias = false,
            Tied = true,
            HeadWidth = 6,
            ScoreWidth = 9,
            ScoreCap = 5,
            LogitCap = 5,
            EmbeddingScale = 4,
        };
        Trainer trainer = Small.Trainer(model: settings);
        float[][] before = [.. trainer.Model.Parameters.Select(parameter => parameter.Values.ToArray())];
        Assert.True(double.IsFinite(trainer.Step().Loss));
        Assert.All(trainer.Model.Parameters.Zip(before), pair => Assert.NotEqual(pair.Second, pair.First.Values.ToArray()));
    }

    private static Tape Pass(TransformerSettings settings)
    {
        Transformer model = Sample.Model(settings);
        return Pass(model, Sample.Batch(model, Batch, Length));
    }

    private static Tape Pass(Transformer model, TokenBatch batch)
    {
        var tape = new Tape();
        tape.Begin();
        model.Forward(tape, batch);
        tape.Run();
        return tape;
    }

    private static Parameter Of(Transformer model, string name) => model.Parameters.Single(parameter => parameter.Name == name);

    private static string[] Names(TransformerSettings settings) => [.. Transformer.Blank(settings).Parameters.Select(parameter => parameter.Name)];

    private static string[] Biases(TransformerSettings settings) => [.. Names(settings).Where(name => name.EndsWith(".bias", StringComparison.Ordinal))];

    private static double[] LayerNormalized(double[] x, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias)
    {
        double mean = x.Average(), deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 1e-5);
        var y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (gain[i] * (x[i] - mean) / deviation) + bias[i];
        }

        return y;
    }

    // x·Φ(x), Φ by Simpson's rule over the density from 0 to x.
    private static double Gelu(double x)
    {
        const int Steps = 200;
        double sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double t = x * i / Steps;
            sum += (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-t * t / 2);
        }

        return x * (0.5 + (sum * x / Steps / 3 / Math.Sqrt(2 * Math.PI)));
    }
}
