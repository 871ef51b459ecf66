using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class NormalizationTests
{
    private const int Width = 12;

    [Fact]
    public void Layer_norm_gives_every_position_mean_0_and_variance_1()
    {
        float[] y = Output("layer", Rows(6), training: true);
        for (int row = 0; row < 6; row++)
        {
            (double mean, double variance) = Moments(y.Skip(row * Width).Take(Width));
            Assert.Equal(0, mean, 1e-6);
            Assert.Equal(1, variance, 1e-3);
        }
    }

    [Fact]
    public void Rms_norm_gives_every_position_a_mean_square_of_1()
    {
        float[] y = Output("rms", Rows(6), training: true);
        for (int row = 0; row < 6; row++)
        {
            Assert.Equal(1, y.Skip(row * Width).Take(Width).Average(value => (double)value * value), 1e-3);
        }
    }

    [Fact]
    public void Batch_norm_gives_every_feature_mean_0_and_variance_1_over_the_batch()
    {
        float[] y = Output("batch", Rows(6), training: true);
        for (int feature = 0; feature < Width; feature++)
        {
            (double mean, double variance) = Moments(y.Where((_, i) => i % Width == feature));
            Assert.Equal(0, mean, 1e-6);
            Assert.Equal(1, variance, 1e-3);
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("layer")]
    [InlineData("rms")]
    [InlineData("dyt")]
    public void The_output_of_a_position_does_not_depend_on_the_batch(string norm)
    {
        float[] x = Rows(6);
        Bits.Same(Output(norm, x, training: true).AsSpan(2 * Width, Width), Output(norm, x[(2 * Width)..(3 * Width)], training: true));
    }

    [Fact]
    public void Batch_norm_of_one_position_in_training_gives_its_bias_alone()
    {
        float[] y = Output("batch", Rows(1), training: true, bias: 0.25f);
        Assert.All(y, value => Assert.Equal(0.25f, value));
    }

    [Fact]
    public void Batch_norm_of_two_positions_gives_plus_and_minus_one()
    {
        float[] y = Output("batch", Rows(2), training: true);
        Assert.All(y, value => Assert.Equal(1, Math.Abs(value), 1e-3));
    }

    [Fact]
    public void At_inference_batch_norm_uses_running_statistics_and_a_position_stands_alone()
    {
        float[] x = Rows(6);
        float[] y = Output("batch", x, training: false);

        // Before any training they are mean 0 and variance 1.
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(x[i] / Math.Sqrt(1 + 1e-5), y[i], 1e-6);
        }
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("power")]
    public void Padding_is_left_out_of_batch_statistics_only_if_it_is_respected(string norm)
    {
        float[] x = Rows(6), disturbed = Rows(6);
        disturbed.AsSpan(5 * Width).Fill(50);
        PaddingMask mask = PaddingMask.FromLengths([5], 6);
        Assert.True(Bits.AreSame(Twice(norm, x, mask, "respect").AsSpan(0, 5 * Width), Twice(norm, disturbed, mask, "respect").AsSpan(0, 5 * Width)));
        Assert.False(Bits.AreSame(Twice(norm, x, mask, "ignore").AsSpan(0, 5 * Width), Twice(norm, disturbed, mask, "ignore").AsSpan(0, 5 * Width)));
    }

    [Fact]
    public void Training_moves_the_running_statistics_a_tenth_of_the_way()
    {
        var scope = new ModelScope();
        INormalization norm = Build(scope, "batch");
        float[] x = Rows(6);
        var tape = new Tape();
        tape.Begin(training: true);
        norm.Forward(tape.Input(x, new Shape(1, 6, Width)));
        tape.Run();
        for (int feature = 0; feature < Width; feature++)
        {
            (double mean, double variance) = Moments(x.Where((_, i) => i % Width == feature));
            Assert.Equal(0.1 * mean, scope.Statistics()[0].Values[feature], 1e-6);
            Assert.Equal(0.9 + (0.1 * variance * 6 / 5), scope.Statistics()[1].Values[feature], 1e-6);
        }
    }

    [Fact]
    public void Dynamic_tanh_is_gain_times_tanh_of_half_x_at_the_start()
    {
        float[] x = Rows(3), y = Output("dyt", x, training: false, bias: 0.125f);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(Math.Tanh(0.5 * x[i]) + 0.125, y[i], 1e-6);
        }
    }

    [Fact]
    public void No_norm_changes_nothing()
    {
        float[] x = Rows(3);
        Bits.Same(x, Output("none", x, training: true));
    }

    private static float[] Output(string norm, float[] x, bool training, float bias = 0)
    {
        var scope = new ModelScope();
        INormalization built = Build(scope, norm);
        scope.Parameters().SingleOrDefault(parameter => parameter.Name == "bias")?.Values.Fill(bias);
        var tape = new Tape();
        tape.Begin(training);
        return built.Forward(tape.Input(x, new Shape(1, x.Length / Width, Width))).Values.ToArray();
    }

    // Power normalization looks at the batches before: the second pass sees the first.
    private static float[] Twice(string norm, float[] x, PaddingMask mask, string padding)
    {
        INormalization built = Build(new ModelScope(), norm, padding);
        var tape = new Tape();
        float[] y = [];
        for (int pass = 0; pass < 2; pass++)
        {
            tape.Begin(training: true);
            y = built.Forward(tape.Input(x, new Shape(1, 6, Width)), new PassContext { Mask = mask }).Values.ToArray();
        }

        return y;
    }

    private static INormalization Build(ModelScope scope, string norm, string padding = "respect")
    {
        INormalization built = Normalizations.Build(scope, new TransformerSettings { Width = Width, Norm = norm, Padding = padding });
        scope.Initialize(InitializationSchemes.All[0], 0.02f, storage => new RandomSource(1).Split(storage.Name).FillNormal(storage.Values, 1));
        return built;
    }

    private static float[] Rows(int rows)
    {
        var random = new RandomSource(5);
        var x = new float[rows * Width];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = 0.5f + (2 * random.Normal((ulong)i));
        }

        return x;
    }

    private static (double Mean, double Variance) Moments(IEnumerable<float> values)
    {
        float[] all = [.. values];
        double mean = all.Average(value => (double)value);
        return (mean, all.Average(value => (value - mean) * (value - mean)));
    }
}
