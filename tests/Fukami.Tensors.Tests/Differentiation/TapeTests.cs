namespace Fukami.Tensors.Tests;

public class TapeTests
{
    private static readonly Point Middle = new("middle");

    public static TheoryData<int> Threads => [1, 2, 3, 5];

    [Theory]
    [MemberData(nameof(Threads))]
    public void The_number_of_threads_changes_no_bit(int threads)
    {
        var expected = new SmallNet(batch: 3, length: 21, width: 40).Run(new Tape(new ThreadTeam(1)));
        var net = new SmallNet(batch: 3, length: 21, width: 40);
        var tape = new Tape(new ThreadTeam(threads));
        for (int repeat = 0; repeat < 20; repeat++)
        {
            var (loss, gradients) = net.Run(tape);
            Assert.Equal(expected.Loss, loss);
            Assert.Equal(expected.Gradients, gradients);
        }
    }

    [Fact]
    public void Weights_dealt_by_columns_give_the_same_bits_as_by_rows()
    {
        // With more weights than a quarter of a million the product is dealt by columns; with one thread nothing is dealt.
        var alone = new SmallNet(batch: 2, length: 16, width: 400).Run(new Tape(new ThreadTeam(1)));
        var many = new SmallNet(batch: 2, length: 16, width: 400).Run(new Tape(new ThreadTeam(3)));
        Assert.Equal(alone.Loss, many.Loss);
        Assert.Equal(alone.Gradients, many.Gradients);
    }

    [Fact]
    public void From_the_second_pass_on_no_managed_memory_is_allocated()
    {
        var net = new SmallNet(batch: 2, length: 9, width: 24);
        var tape = new Tape(new ThreadTeam(2));
        var optimizer = new AdamW(net.Parameters, team: tape.Team);
        net.Step(tape, optimizer);
        net.Step(tape, optimizer);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                net.Step(tape, optimizer);
            }
        }));
    }

    [Fact]
    public void Bytes_of_a_pass_count_what_it_took_and_begin_at_zero_with_the_next()
    {
        var tape = new Tape(new ThreadTeam(1));
        tape.Begin();
        Assert.Equal(0, tape.PassBytes);
        tape.Zeros(new Shape(10, 100));

        // 4 bytes a number, and up to two cache lines of 64 bytes
        Assert.InRange(tape.PassBytes, 4000, 4128);
        tape.Begin();
        Assert.Equal(0, tape.PassBytes);
        Assert.True(tape.MemoryBytes >= 4000);
    }

    [Fact]
    public void A_replaced_point_changes_what_follows_and_its_gradient_flows_through_the_replacement()
    {
        var tape = new Tape(new ThreadTeam(2));
        tape.Replace("middle", t => 3f * t);
        tape.Begin();
        var x = tape.Input([1f, 2f], new Shape(1, 2));
        var middle = (x + x).At(Middle);
        var y = middle * middle;
        Assert.Equal([36f, 144f], y.Values.ToArray());
        tape.Backward(y, [1f, 1f]);

        // y = (3·2x)², dy/dx = 72x
        Assert.Equal([72f, 144f], x.Gradient.ToArray());
        Assert.Equal([6f, 12f], tape["middle"].Values.ToArray());
        Assert.True(tape.TryFind("middle", out _));
        Assert.False(tape.TryFind("elsewhere", out _));
        Point elsewhere = new("elsewhere");
        y.At(elsewhere);
        Assert.True(tape.TryFind("elsewhere", out _)); // met after somebody had looked

        tape.ClearReplacements();
        tape.Begin();
        Assert.False(tape.TryFind("middle", out _)); // of the last pass
        Assert.Equal([2f, 4f], (tape.Input([1f, 2f], new Shape(1, 2)) + tape.Input([1f, 2f], new Shape(1, 2))).At(Middle).Values.ToArray());
    }

    [Fact]
    public void Backward_again_in_one_pass_gives_fresh_tensor_gradients_and_adds_to_the_parameters()
    {
        var weight = new Parameter("w", new Shape(1, 1));
        weight.Values[0] = 5;
        var tape = new Tape(new ThreadTeam(1));
        tape.Begin();
        var x = tape.Input([2f], new Shape(1, 1));
        var y = x.Linear(weight);
        tape.Backward(y);
        tape.Backward(y);
        Assert.Equal([5f], x.Gradient.ToArray());
        Assert.Equal([4f], weight.Gradient.ToArray());
        weight.ClearGradient();
        Assert.Equal([0f], weight.Gradient.ToArray());
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void Gradients_of_some_parameters_have_the_bits_that_they_have_among_all_and_the_others_are_left_alone(int threads)
    {
        var all = new SmallNet(batch: 3, length: 7, width: 24);
        var some = new SmallNet(batch: 3, length: 7, width: 24);
        all.Run(new Tape(new ThreadTeam(1)));
        var tape = new Tape(new ThreadTeam(threads));
        for (int chosen = 0; chosen <= all.Parameters.Count; chosen++) // at last none
        {
            tape.GradientsOf = some.Parameters.Skip(chosen).Take(1).ToHashSet();
            some.Run(tape);
            for (int i = 0; i < all.Parameters.Count; i++)
            {
                float[] expected = all.Parameters[i].Gradient.ToArray();
                Assert.Equal(i == chosen ? expected : new float[expected.Length], some.Parameters[i].Gradient.ToArray());
            }
        }
    }

    [Fact]
    public void No_gradient_goes_through_a_constant_but_one_arrives_there()
    {
        var weight = new Parameter("w", new Shape(2, 2));
        weight.Values.Fill(1);
        var tape = new Tape(new ThreadTeam(2));
        tape.Begin();
        var x = tape.Input([1f, 2f], new Shape(1, 2));
        var branch = x.Linear(weight); // 3, 3
        var y = (x + branch) * branch;
        tape.Backward(y, [1f, 1f], branch);
        Assert.Equal([3f, 3f], x.Gradient.ToArray());
        Assert.Equal([7f, 8f], branch.Gradient.ToArray()); // x + 2·branch
        Assert.Equal([0f, 0f, 0f, 0f], weight.Gradient.ToArray());

        // the next backward pass knows nothing of it; one from the constant itself goes nowhere
        tape.Backward(y, [1f, 1f]);
        Assert.Equal([18f, 18f], x.Gradient.ToArray()); // 3 + 7 + 8
        tape.Backward(branch, [1f, 1f], branch);
        Assert.Equal([1f, 1f], branch.Gradient.ToArray());
        Assert.True(x.Gradient.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Columns_that_are_a_constant_give_the_whole_no_gradient(int constant)
    {
        var tape = new Tape(new ThreadTeam(2));
        tape.Begin();
        var all = tape.Input([1f, 2f, 3f, 4f, 5f, 6f], new Shape(1, 6)) + tape.Zeros(new Shape(1, 6));
        Tensor[] parts = [all.Columns(0, 2), all.Columns(2, 2), all.Columns(4, 2)];
        tape.Backward(parts[0] * parts[1] * parts[2], [1f, 1f], parts[constant]);
        float[] expected = [15f, 24f, 5f, 12f, 3f, 8f];
        Assert.Equal(expected[(2 * constant)..((2 * constant) + 2)], parts[constant].Gradient.ToArray());
        expected.AsSpan(2 * constant, 2).Clear();
        Assert.Equal(expected, all.Gradient.ToArray());
    }

    [Fact]
    public void Parts_that_nothing_depends_on_have_a_gradient_of_zero_in_the_whole()
    {
        var weight = new Parameter("w", new Shape(4, 12));
        weight.Values.Fill(1);
        var tape = new Tape(new ThreadTeam(2));
        for (int pass = 0; pass < 2; pass++)
        {
            tape.Begin();
            var all = tape.Input([1f, 2f, 3f, 4f], new Shape(1, 4)).Linear(weight);
            var used = all.Columns(4, 4);
            tape.Backward(used * used, [1f, 1f, 1f, 1f]);
            Assert.Equal([0f, 0f, 0f, 0f, 20f, 20f, 20f, 20f, 0f, 0f, 0f, 0f], all.Gradient.ToArray());
        }
    }

    [Fact]
    public void A_tensor_of_an_earlier_pass_is_refused()
    {
        var tape = new Tape(new ThreadTeam(1));
        tape.Begin();
        var old = tape.Zeros(new Shape(2));
        tape.Begin();
        var error = Assert.Throws<InvalidOperationException>(() => old.Values.Length);
        Assert.Contains("earlier pass", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_of_two_tapes_do_not_mix()
    {
        var one = new Tape(new ThreadTeam(1));
        var two = new Tape(new ThreadTeam(1));
        one.Begin();
        two.Begin();
        Assert.Throws<InvalidOperationException>(() => one.Zeros(new Shape(2)) + two.Zeros(new Shape(2)));
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        var tape = new Tape(new ThreadTeam(1));
        Assert.Throws<InvalidOperationException>(() => tape.Zeros(new Shape(1)));
        tape.Begin();
        var x = tape.Zeros(new Shape(2, 3));
        Assert.Contains("(2, 3)", Assert.Throws<ArgumentException>(() => tape.Backward(x)).Message, StringComparison.Ordinal);
        Assert.Contains("(4, 5)", Assert.Throws<ArgumentException>(() => x.Linear(new Parameter("w", new Shape(4, 5)))).Message, StringComparison.Ordinal);
        Assert.Contains("Id 9", Assert.Throws<ArgumentOutOfRangeException>(() => tape.Lookup(new Parameter("t", new Shape(4, 5)), [1, 9], 1, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("Target 3", Assert.Throws<ArgumentOutOfRangeException>(() => x.CrossEntropy([0, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Dropout(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Columns(2, 2));
        Assert.Throws<KeyNotFoundException>(() => tape["nowhere"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shape(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThreadTeam(0));
    }

    [Fact]
    public void What_a_row_of_hidden_keys_mixes_is_zero()
    {
        var tape = new Tape(new ThreadTeam(2));
        tape.Begin();
        var q = tape.Input([1f, 2f, 3f, 4f], new Shape(2, 1, 2));
        var pattern = q.Scores(q, 1, 1, 1, causal: false, new PaddingMask(2, 1, [true, false])).Softmax();
        Assert.Equal([1f, 0f], pattern.Values.ToArray());
        Assert.Equal([1f, 2f, 0f, 0f], pattern.Mix(q, 1).Values.ToArray());
    }

    [Fact]
    public void Values_outlive_their_tape()
    {
        var values = Make();
        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            _ = new float[100_000];
        }

        foreach (float value in values)
        {
            Assert.Equal(7f, value);
        }

        static ReadOnlySpan<float> Make()
        {
            var tape = new Tape(new ThreadTeam(2));
            tape.Begin();
            var ones = new float[10_000];
            Array.Fill(ones, 3.5f);
            var x = tape.Input(ones, new Shape(100, 100));
            return (x + x).Values;
        }
    }

    /// <summary>A layer of everything that a Transformer is made of.</summary>
    private sealed class SmallNet
    {
        private readonly int batch;
        private readonly int length;
        private readonly int width;
        private readonly int[] ids;
        private readonly int[] targets;
        private readonly RotaryFrequencies frequencies;
        private readonly Parameter table;
        private readonly Parameter gain;
        private readonly Parameter bias;
        private readonly Parameter projection;
        private readonly Parameter up;
        private readonly Parameter down;
        private readonly Parameter factor;

        public SmallNet(int batch, int length, int width)
        {
            (this.batch, this.length, this.width) = (batch, length, width);
            frequencies = RotaryFrequencies.Geometric(width / 2, 10_000);
            var random = new RandomSource(11);
            Parameter Of(string name, Shape shape)
            {
                var parameter = new Parameter(name, shape);
                random.Split(name).FillNormal(parameter.Values, 0.2f);
                return parameter;
            }

            table = Of("table", new Shape(17, width));
            gain = Of("gain", new Shape(width));
            bias = Of("bias", new Shape(width));
            projection = Of("projection", new Shape(width, 2 * width));
            up = Of("up", new Shape(width, 3 * width));
            down = Of("down", new Shape(3 * width, width));
            factor = Of("factor", new Shape(1));
            Parameters = [table, gain, bias, projection, up, down, factor];
            ids = new int[batch * length];
            targets = new int[batch * length];
            for (int i = 0; i < ids.Length; i++)
            {
                ids[i] = random.Below((ulong)i, 17);
                targets[i] = random.Below((ulong)i + 1000, 18) - 1;
            }
        }

        public IReadOnlyList<Parameter> Parameters { get; }

        public (float Loss, float[] Gradients) Run(Tape tape)
        {
            foreach (var parameter in Parameters)
            {
                parameter.ClearGradient();
            }

            float loss = Pass(tape);
            var gradients = new List<float>();
            foreach (var parameter in Parameters)
            {
                gradients.AddRange(parameter.Gradient);
            }

            return (loss, [.. gradients]);
        }

        public void Step(Tape tape, AdamW optimizer)
        {
            Pass(tape);
            _ = optimizer.GradientNorm();
            optimizer.Step(1e-3f);
        }

        private float Pass(Tape tape)
        {
            tape.Begin(training: true, new RandomSource(3));
            var x = tape.Lookup(table, ids, batch, length).Dropout(0.1f);
            var n = x.Standardize(x.Deviation(1e-5f), gain, bias);
            var both = n.Linear(projection);
            var q = both.Columns(0, width).Rotate(2, 0, frequencies);
            var k = both.Columns(width, width);
            x += q.Scores(k, 2, 2, 0.3f, causal: true, null).Softmax().Mix(n, 2).ScaledBy(factor);
            x += x.Rescale(x.RootMeanSquare(1e-5f), gain, null).Linear(up).Gelu().Linear(down, bias);
            x = x.DynamicTanh(factor, gain, bias);
            var loss = x.LinearTransposed(table).CrossEntropy(targets);
            tape.Backward(loss);
            return loss.Values[0];
        }
    }
}
