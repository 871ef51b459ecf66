namespace Fukami.Tensors.Tests;

/// <summary>Operations' values against their formulas in double precision.</summary>
public class OperationTests
{
    private static readonly RandomSource Random = new(23);

    [Theory]
    [InlineData(0.5f)]
    [InlineData(30f)]
    public void A_cap_is_c_tanh_of_x_over_c(float cap)
    {
        Storage x = Normal("x", new Shape(3, 5, 19), 4);
        Tensor capped = Begin(new Tape()).Input(x.Values, x.Shape).Cap(cap);
        for (int i = 0; i < x.Values.Length; i++)
        {
            Assert.Equal(cap * Math.Tanh((double)x.Values[i] / cap), capped.Values[i], 1e-6 * cap);
        }
    }

    [Fact]
    public void A_cap_bounds_the_largest_number_and_leaves_minus_infinity()
    {
        float[] x = [float.MaxValue, -float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, 0, -0f, 1e-30f, float.NaN];
        var tape = Begin(new Tape());
        Tensor input = tape.Input(x, new Shape(1, 8));
        Tensor capped = input.Cap(2);
        Assert.Equal([2, -2, 2, float.NegativeInfinity, 0, -0f, 1e-30f, float.NaN], capped.Values.ToArray());
        tape.Backward(capped, [1, 1, 1, 1, 1, 1, 1, 1]);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1], input.Gradient[..7].ToArray());
    }

    [Fact]
    public void Capped_scores_hide_what_scores_hide()
    {
        Storage q = Normal("q", new Shape(2, 5, 24), 1), k = Normal("k", new Shape(2, 5, 24), 1);
        var tape = Begin(new Tape());
        Tensor scores = tape.Input(q.Values, q.Shape).Scores(tape.Input(k.Values, k.Shape), 3, 3, 0.5f, causal: true, PaddingMask.FromLengths([5, 3], 5));
        Tensor capped = scores.Cap(0.8f);
        Tensor pattern = capped.Softmax();
        for (int i = 0; i < scores.Values.Length; i++)
        {
            bool hidden = float.IsNegativeInfinity(scores.Values[i]);
            Assert.Equal(hidden, float.IsNegativeInfinity(capped.Values[i]));
            Assert.Equal(hidden, pattern.Values[i] == 0);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_cap_that_bounds_nothing_is_refused(float cap) =>
        Assert.Contains("above 0 and finite", Assert.Throws<ArgumentOutOfRangeException>(() => Begin(new Tape()).Zeros(new Shape(1)).Cap(cap)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(8, 8)]
    [InlineData(40, 12)]
    [InlineData(7, 2)]
    public void Rotary_positions_turn_the_first_features_of_a_head_and_leave_the_others(int headWidth, int turned)
    {
        const int Heads = 3, Length = 6, First = 4;
        Storage x = Normal("x", new Shape(2, Length, Heads * headWidth), 1);
        ReadOnlySpan<float> y = Begin(new Tape()).Input(x.Values, x.Shape).Rotate(Heads, First, RotaryFrequencies.Geometric(turned, 500)).Values;
        int half = turned / 2;
        for (int i = 0; i < y.Length; i++)
        {
            int feature = i % headWidth, position = First + (i / (Heads * headWidth) % Length), pair = feature % half, head = i - feature;
            double angle = position * Math.Pow(500, -2.0 * pair / turned);
            double expected = feature >= turned ? x.Values[i]
                : feature < half ? (x.Values[i] * Math.Cos(angle)) - (x.Values[head + feature + half] * Math.Sin(angle))
                : (x.Values[i] * Math.Cos(angle)) + (x.Values[head + feature - half] * Math.Sin(angle));
            Assert.Equal(expected, y[i], feature >= turned ? 0 : 1e-6);
        }
    }

    [Fact]
    public void More_pairs_than_a_head_has_are_refused() => Assert.Contains(
        "5 pairs of features cannot turn in heads of 8 features",
        Assert.Throws<ArgumentException>(() => Begin(new Tape()).Zeros(new Shape(1, 1, 16)).Rotate(2, 0, RotaryFrequencies.Geometric(10, 100))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_offset_gain_is_one_more_than_the_parameter()
    {
        Storage x = Normal("x", new Shape(3, 37), 1);
        var gain = new Parameter("gain", new Shape(37));
        var whole = new Parameter("whole", new Shape(37));
        Random.Split("gain").FillNormal(gain.Values, 0.3f);
        for (int i = 0; i < 37; i++)
        {
            whole.Values[i] = 1 + gain.Values[i];
        }

        var tape = Begin(new Tape());
        Tensor input = tape.Input(x.Values, x.Shape);
        Assert.Equal(input.Rescale(input.RootMeanSquare(1e-5f), whole, null).Values.ToArray(), input.RescaleByOffset(input.RootMeanSquare(1e-5f), gain, null).Values.ToArray());
    }

    [Fact]
    public void Positions_are_the_same_rows_of_every_sentence()
    {
        Storage x = Normal("x", new Shape(3, 5, 7), 1);
        Tensor input = Begin(new Tape()).Input(x.Values, x.Shape);
        Tensor positions = input.Columns(1, 4).Positions(2, 2);
        Assert.Equal(new Shape(3, 2, 4), positions.Shape);
        for (int i = 0; i < positions.Values.Length; i++)
        {
            Assert.Equal(x.Values[(((i / 8 * 5) + 2 + (i / 4 % 2)) * 7) + 1 + (i % 4)], positions.Values[i]);
        }
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(int.MaxValue, 1)]
    public void Positions_that_a_sentence_does_not_have_are_refused(int first, int count) => Assert.Contains(
        "of sentences with 5",
        Assert.Throws<ArgumentOutOfRangeException>(() => Begin(new Tape()).Zeros(new Shape(2, 5, 3)).Positions(first, count)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_product_with_a_turned_table_takes_a_bias()
    {
        Storage x = Normal("x", new Shape(4, 9), 1);
        var table = new Parameter("table", new Shape(21, 9));
        var bias = new Parameter("bias", new Shape(21));
        Random.Split("table").FillNormal(table.Values, 1);
        Random.Split("bias").FillNormal(bias.Values, 1);
        ReadOnlySpan<float> y = Begin(new Tape()).Input(x.Values, x.Shape).LinearTransposed(table, bias).Values;
        for (int i = 0; i < y.Length; i++)
        {
            double sum = bias.Values[i % 21];
            for (int j = 0; j < 9; j++)
            {
                sum += (double)x.Values[(i / 21 * 9) + j] * table.Values[(i % 21 * 9) + j];
            }

            Assert.Equal(sum, y[i], 1e-5);
        }
    }

    [Fact]
    public void Rotary_frequencies_are_equal_if_all_of_them_are()
    {
        RotaryFrequencies one = RotaryFrequencies.Geometric(8, 10_000);
        Assert.Equal(one, RotaryFrequencies.Geometric(9, 10_000));
        Assert.Equal(one.GetHashCode(), RotaryFrequencies.Geometric(9, 10_000).GetHashCode());
        Assert.NotEqual(one, RotaryFrequencies.Geometric(8, 10_001));
        Assert.NotEqual(one, RotaryFrequencies.Geometric(6, 10_000));
        Assert.Equal([1, 0.1, 0.01, 0.001], Enumerable.Range(0, 4).Select(i => Math.Round(one[i], 12)));
    }

    private static Tape Begin(Tape tape)
    {
        tape.Begin();
        return tape;
    }

    private static Storage Normal(string name, Shape shape, float deviation)
    {
        var storage = new Storage(name, shape);
        Random.Split(name).FillNormal(storage.Values, deviation);
        return storage;
    }
}
