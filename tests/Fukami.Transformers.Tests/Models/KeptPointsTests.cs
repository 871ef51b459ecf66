using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class KeptPointsTests
{
    private static readonly Gen<(TransformerSettings Settings, int Seed)> Cases = Gen.Select(Sample.AnySettings, Gen.Int[0, 1000]);

    [Fact]
    public void Points_that_are_kept_have_the_bits_of_a_pass_that_keeps_all() =>
        Cases.Sample(
            c =>
            {
                Transformer model = Sample.Model(c.Settings);
                TokenBatch batch = Sample.Batch(model, 2, 7);
                var all = new Tape(new ThreadTeam(1));
                all.Begin();
                float[] logits = model.Forward(all, batch).Values.ToArray();

                var random = new Random(c.Seed);
                string[] names = [.. model.PointNames.Where(_ => random.Next(3) == 0)];
                var tape = new Tape(new ThreadTeam(2));
                for (int pass = 0; pass < 2; pass++)
                {
                    tape.Begin(names);
                    Bits.Same(logits, model.Forward(tape, batch).Values);
                    foreach (string name in names)
                    {
                        Assert.Equal(all[name].Shape, tape[name].Shape);
                        Bits.Same(all[name].Values, tape[name].Values);
                    }
                }
            },
            iter: 60);

    [Fact]
    public void A_pass_that_keeps_points_after_one_that_kept_all_and_before_another_disturbs_neither()
    {
        Transformer model = Sample.Model(Sample.Settings);
        TokenBatch batch = Sample.Batch(model, 2, 9);
        var tape = new Tape();
        tape.Begin();
        float[] first = [.. model.Forward(tape, batch).Values];
        tape.Begin(["blocks.1.attn.v"]);
        Bits.Same(first, model.Forward(tape, batch).Values);
        float[] v = [.. tape["blocks.1.attn.v"].Values];
        tape.Begin();
        Bits.Same(first, model.Forward(tape, batch).Values);
        Bits.Same(v, tape["blocks.1.attn.v"].Values);
        tape.Backward(tape["logits"], new float[first.Length]);
        Assert.Equal(tape["embed"].Shape.Count, tape["embed"].Gradient.Length);
    }

    [Theory]
    [InlineData("blocks.#.attn_out")]
    [InlineData("blocks.#.attn.q")]
    [InlineData("blocks.#.attn.pattern")]
    [InlineData("blocks.#.ln1.scale")]
    [InlineData("#")]
    public void A_pass_holds_the_points_that_were_asked_for_and_the_work_of_one_sublayer(string pattern)
    {
        const int length = 48, width = 32, heads = 4, depth = 24;
        Transformer model = Transformer.Init(
            new TransformerSettings { Vocabulary = 16, Length = length, Depth = depth, Width = width, Heads = heads }, new RandomSource(1));
        string[] names = pattern == "#" ? [.. model.PointNames] : [.. Enumerable.Range(0, depth).Select(layer => pattern.Replace("#", $"{layer}", StringComparison.Ordinal))];
        var tape = new Tape();
        tape.Begin(names);
        model.Forward(tape, Sample.Batch(model, 1, length));
        tape.Run();

        // a layer's stream behind it and the next one's in front of it are one value
        long asked = names.Where(name => !name.EndsWith("resid_pre", StringComparison.Ordinal)).Sum(name => tape[name].Shape.Count * sizeof(float));
        const long stream = length * width * sizeof(float), scores = heads * length * length * sizeof(float);
        const long sublayer = (12 * stream) + (2 * scores), firstBlock = 1 << 20;
        Assert.InRange(tape.PassBytes, asked, (1.2 * asked) + sublayer);
        Assert.InRange(tape.MemoryBytes, asked, (1.2 * asked) + firstBlock + (3 * stream));
    }

    [Fact]
    public void A_long_pass_that_keeps_nothing_takes_no_more_memory_than_a_short_one()
    {
        static long Memory(int depth)
        {
            Transformer model = Transformer.Init(Sample.Settings with { Depth = depth, Length = 64 }, new RandomSource(1));
            var tape = new Tape();
            tape.Begin([]);
            model.Forward(tape, Sample.Batch(model, 4, 64));
            tape.Run();
            return tape.MemoryBytes;
        }

        Assert.Equal(Memory(2), Memory(40));
    }

    [Fact]
    public void A_point_that_is_not_kept_says_so_and_gradients_are_refused()
    {
        Transformer model = Sample.Model(Sample.Settings);
        var tape = new Tape();
        var met = new List<Tensor>();
        tape.Replace("blocks.0.attn_out", x =>
        {
            met.Add(x);
            return x;
        });
        tape.Begin(["blocks.0.mlp_out"]);
        Tensor logits = model.Forward(tape, Sample.Batch(model, 1, 4));
        Assert.Contains("blocks.0.mlp.pre is not among them", Assert.Throws<KeyNotFoundException>(() => tape["blocks.0.mlp.pre"]).Message, StringComparison.Ordinal);
        Assert.Contains("given this tensor's memory back", Assert.Throws<InvalidOperationException>(() => met[0].Values.Length).Message, StringComparison.Ordinal);
        Assert.Contains("gradients need all values", Assert.Throws<InvalidOperationException>(() => tape.Backward(logits, new float[44])).Message, StringComparison.Ordinal);
        Assert.Equal(["blocks.0.mlp_out", "ln_final.scale", "ln_final.normalized", "logits"], tape.Points.Select(point => point.Point.Name));
    }

    [Fact]
    public void A_replaced_point_is_kept_as_it_was_replaced()
    {
        Transformer model = Sample.Model(Sample.Settings);
        TokenBatch batch = Sample.Batch(model, 1, 5);
        var all = new Tape();
        all.Replace("blocks.0.attn.k", k => 0.5f * k);
        all.Begin();
        float[] logits = [.. model.Forward(all, batch).Values];
        var tape = new Tape();
        tape.Replace("blocks.0.attn.k", k => 0.5f * k);
        tape.Begin(["blocks.0.attn.k", "blocks.0.attn.q"]);
        Bits.Same(logits, model.Forward(tape, batch).Values);
        Bits.Same(all["blocks.0.attn.k"].Values, tape["blocks.0.attn.k"].Values);
        Bits.Same(all["blocks.0.attn.q"].Values, tape["blocks.0.attn.q"].Values);
    }
}
