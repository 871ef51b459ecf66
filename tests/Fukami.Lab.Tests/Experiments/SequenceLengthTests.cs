using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class SequenceLengthTests
{
    private static readonly SequenceLength Experiment = new();
    private static readonly string[] Small =
        ["length=8", "padded=12,32", "neighbours=1,3", "lengths=4,16", "texts=2", "depth=1", "width=16", "heads=2", "vocabulary=100", "seeds=2"];

    [Fact]
    public void Only_batch_normalization_lets_neighbours_and_later_tokens_into_an_output()
    {
        Report report = Run("norm=batch,power,layer,rms,dyt");
        foreach (string id in (string[])["neighbour-free", "future-leak", "future-leak-gradient"])
        {
            Assert.All(report.Claims.Where(c => c.Claim.Id == id), c => Assert.Equal(c.Subject is "batch" ? Verdict.Refuted : Verdict.Supported, c.Verdict));
            Assert.Contains(report.Claims, c => c.Claim.Id == id && c.Subject is "batch");
        }

        Assert.All(report.Claims.Where(c => c.Claim.Id is "inference-free" or "padding-respected"), c => Assert.Equal(Interval.Exactly(0), c.Measured));
    }

    [Theory]
    [InlineData("post")]
    [InlineData("deepnorm")]
    [InlineData("none-norm")]
    public void The_exact_claims_hold_for_arrangements_whose_first_normalization_comes_later_and_the_sizes_are_left_out(string residual)
    {
        Report report = Run($"residual={residual}");
        Assert.Equal(["padding-ignored", "neighbours-move", "future-leak-size"], report.Omitted.Select(o => o.Claim.Id));
        Assert.Equal(Verdict.Supported, report.Claims.Single(c => c.Claim.Id is "neighbour-free" && c.Subject is "layer").Verdict);
        Assert.DoesNotContain(report.Series, s => s.IsPrediction);
    }

    [Fact]
    public void An_encoder_has_no_future_to_leak_and_respects_the_mask_too()
    {
        Report report = Run("kind=encoder");
        Assert.Equal(["future-leak", "future-leak-size", "future-leak-gradient"], report.Omitted.Select(o => o.Claim.Id));
        Assert.Equal(Interval.Exactly(0), report.Claims.Single(c => c.Claim.Id is "padding-respected").Measured);
        Assert.Equal(Interval.Exactly(0), report.Claims.Single(c => c.Claim.Id is "neighbour-free" && c.Subject is "layer").Measured);
    }

    [Fact]
    public void Counted_padding_moves_every_sentence_by_what_the_theorem_says()
    {
        // by hand: features −1 and 1, padding at the sentence's mean: the deviation falls from 1 to √(2/8) = ½, the output doubles
        Assert.Equal(1, SequencePredictions.LeastIgnored(2, 8), 12);
        Assert.Equal(2, SequencePredictions.MostIgnored(2, 8), 12);

        // seven texts and two seeds of fresh nets
        Report report = Run("texts=7");
        ClaimResult claim = report.Claims.Single(c => c.Claim.Id is "padding-ignored");
        Assert.Equal(new Bound(SequencePredictions.LeastIgnored(8, 32), SequencePredictions.MostIgnored(8, 32)), claim.Bound);
        Assert.InRange(claim.Measured.Estimate, claim.Bound.Low, claim.Bound.High);
        Assert.InRange(SequencePredictions.Ignored(8, 32), claim.Bound.Low, claim.Bound.High);
    }

    [Fact]
    public void Neighbours_and_the_last_token_move_a_sentence_about_as_far_as_predicted()
    {
        Report report = Run("width=64", "texts=10", "length=32", "padded=64", "lengths=32,64", "vocabulary=1000");
        Assert.All(report.Claims.Where(c => c.Claim.Id is "neighbours-move" or "future-leak-size"), c => Assert.InRange(c.Measured.Estimate, c.Bound.Low, c.Bound.High));
        Assert.Equal(Math.Sqrt(3) / 64, SequencePredictions.Leak(64), 12);
    }

    [Fact]
    public void Neighbours_that_only_repeat_the_sentences_own_tokens_move_it_less_and_refute_the_size()
    {
        // fifteen tokens beside padding: sentence and neighbours both hold each of them equally often
        Report report = Run("vocabulary=16", "length=15", "padded=30");
        Assert.Equal(Verdict.Refuted, report.Claims.Single(c => c.Claim.Id is "neighbours-move").Verdict);
    }

    [Fact]
    public void The_gradient_that_reaches_the_last_token_is_that_of_finite_differences()
    {
        TransformerSettings net = new()
        {
            Vocabulary = 20,
            Length = 4,
            Depth = 1,
            Width = 8,
            Heads = 2,
            Norm = "batch",
            Activation = "gelu",
            Initialization = "xavier",
            Positions = "none",
            Bias = false,
        };
        Transformer model = Transformer.Init(net, new RandomSource(1));
        var tape = new Tape(new ThreadTeam(1));
        int[] sentence = [1, 2, 3, 4];
        var direction = new RandomSource(2);
        double ratio = new SequenceProbe(tape, model).LeakGradient(sentence, direction, training: true).Logits;

        Assert.Equal(Norm(4) / Norm(1), ratio, 2);

        // the gradient with respect to a token's embedding, which no other position shares
        double Norm(int token)
        {
            Span<float> row = model.Parameters.Single(p => p.Name is "embed.weight").Values.Slice(token * net.Width, net.Width);
            double squares = 0;
            for (int i = 0; i < net.Width; i++)
            {
                float kept = row[i];
                row[i] = kept + 0.01f;
                double up = Projection();
                row[i] = kept - 0.01f;
                double down = Projection();
                row[i] = kept;
                squares += (up - down) / 0.02 * ((up - down) / 0.02);
            }

            return Math.Sqrt(squares);
        }

        double Projection()
        {
            var batch = new TokenBatch(1, 4);
            sentence.CopyTo(batch.Ids, 0);
            tape.Begin(training: true);
            ReadOnlySpan<float> logits = model.Forward(tape, batch).Values;
            var weights = new float[net.Vocabulary];
            direction.FillNormal(weights, 1);
            double sum = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                sum += (double)weights[i] * logits[i];
            }

            return sum;
        }
    }

    [Fact]
    public void Measuring_leaves_the_running_statistics_and_gradients_as_they_were()
    {
        TransformerSettings net = new() { Vocabulary = 20, Length = 8, Depth = 1, Width = 8, Heads = 2, Norm = "batch" };
        Transformer model = Transformer.Init(net, new RandomSource(1));
        var probe = new SequenceProbe(new Tape(new ThreadTeam(1)), model);
        probe.Padded([1, 2, 3], 8, training: true);
        probe.Leak([1, 2, 3], 4, training: true);
        probe.LeakGradient([1, 2, 3], new RandomSource(1), training: true);
        Assert.All(model.Statistics, s => Assert.All(s.Values.ToArray(), v => Assert.Equal(s.Name.EndsWith("variance", StringComparison.Ordinal) ? 1 : 0, v)));
        Assert.All(model.Parameters, p => Assert.All(p.Gradient.ToArray(), g => Assert.Equal(0, g)));
    }

    [Fact]
    public void A_sentence_padded_below_its_length_is_refused()
    {
        SettingException e = Assert.Throws<SettingException>(() => Run("padded=4,32"));
        Assert.Contains("length=8", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_arrangement_without_normalization_is_refused() =>
        Assert.Throws<SettingException>(() => Run("residual=plain"));

    [Fact]
    public void The_figures_have_the_same_bits_on_any_number_of_threads()
    {
        TransformerSettings net = new() { Vocabulary = 40, Length = 16, Depth = 2, Width = 32, Heads = 2, Norm = "batch" };
        Assert.Equal(Measure(1), Measure(3));

        (SequenceChange, SequenceChange) Measure(int threads)
        {
            var probe = new SequenceProbe(new Tape(new ThreadTeam(threads)), Transformer.Init(net, new RandomSource(1)));
            return (probe.Leak([1, 2, 3, 4, 5], 6, training: true), probe.LeakGradient([1, 2, 3, 4, 5], new RandomSource(2), training: true));
        }
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint_and_another_seed_another()
    {
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=2").Fingerprint);
    }

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));
}
