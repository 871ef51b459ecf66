using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class AblationTests
{
    private static readonly Ablation Experiment = new();
    private static readonly string[] Small = ["width=16", "heads=2", "length=8", "depths=1", "steps=5", "vocabulary=4", "seeds=2"];

    [Fact]
    public void More_context_leaves_less_entropy_in_a_second_order_chain()
    {
        var chain = new SecondOrderChain(6, 0.7, new RandomSource(1));
        Assert.True(chain.EntropyRate < chain.LastTokenAlone && chain.LastTokenAlone < chain.Unigram && chain.Unigram <= Math.Log(6));
    }

    [Fact]
    public void A_nearly_random_chain_has_the_entropy_of_a_die()
    {
        var chain = new SecondOrderChain(6, 1000, new RandomSource(1));
        Assert.Equal(Math.Log(6), chain.EntropyRate, 4);
        Assert.Equal(Math.Log(6), chain.Unigram, 4);
    }

    [Fact]
    public void Held_out_text_costs_the_best_prediction_from_the_last_token_the_conditional_entropy()
    {
        var chain = new SecondOrderChain(6, 0.7, new RandomSource(1));
        var source = new SecondOrderSource(chain, 16, 1);
        TokenBatch text = source.CreateBatch(source.ValidationExamples);
        source.FillValidation(text, 0);
        Assert.Equal(chain.LastTokenAlone, chain.LossFromLastToken(text), 0.03);
    }

    [Fact]
    public void First_target_which_only_one_token_precedes_does_not_count()
    {
        var source = new SecondOrderSource(new SecondOrderChain(4, 0.7, new RandomSource(1)), 5, 1);
        TokenBatch batch = source.CreateBatch(3);
        source.Fill(batch, new RandomSource(2));
        Assert.Equal(3, batch.Targets.Count(t => t == TokenBatch.NotCounted));
        Assert.Equal(batch.Ids[2], batch.Targets[1]);
    }

    [Fact]
    public void A_silenced_branch_adds_nothing_and_its_weights_get_no_gradient()
    {
        var net = new TransformerSettings { Vocabulary = 5, Length = 4, Depth = 2, Width = 8, Heads = 2, Bias = false };
        Transformer model = Transformer.Init(net, new RandomSource(1));
        TokenBatch text = RandomText.Of(1, 4, 5, new RandomSource(2));
        var tape = new Tape(new ThreadTeam(1));
        Part.Find("attention").Silence(tape, net.Depth);
        tape.Begin(training: true);
        tape.Backward(model.Loss(tape, text));
        for (int layer = 0; layer < 2; layer++)
        {
            Assert.Equal(tape[$"blocks.{layer}.resid_pre"].Values.ToArray(), tape[$"blocks.{layer}.resid_mid"].Values.ToArray());
        }

        Assert.All(model.Parameters.Where(p => p.Name.Contains(".attn.", StringComparison.Ordinal)), p => Assert.Equal(-1, p.Gradient.IndexOfAnyExcept(0f)));
        Assert.All(model.Parameters.Where(p => p.Name.Contains(".mlp.", StringComparison.Ordinal)), p => Assert.NotEqual(-1, p.Gradient.IndexOfAnyExcept(0f)));
    }

    [Fact]
    public void A_layers_weights_are_one_third_attention_and_two_thirds_feed_forward()
    {
        Transformer model = Transformer.Blank(new TransformerSettings { Vocabulary = 5, Length = 4, Depth = 3, Width = 8, Heads = 2, Bias = false });
        Assert.Equal(3 * 4 * 64, Part.Find("attention").WeightsIn(model));
        Assert.Equal(3 * 8 * 64, Part.Find("feed-forward").WeightsIn(model));
        Assert.Equal(4 * 8, Part.Find("positions").WeightsIn(model));
        Assert.Equal(((2 * 3) + 1) * 8, Part.Find("norm").WeightsIn(model));
        Assert.Equal(0, Part.Find("skip").WeightsIn(model));
    }

    [Fact]
    public void Attention_matters_more_than_the_skip_path_in_one_layer_and_no_net_without_it_knows_the_token_before_the_last()
    {
        Report report = Run("parts=skip,attention", "steps=150", "vocabulary=8", "width=32", "heads=4", "length=12", "seeds=4");
        Assert.Equal(Verdict.Refuted, Of(report, "skip-matters-most").Verdict);
        Assert.Equal(Verdict.Supported, Of(report, "no-context-without-attention").Verdict);
    }

    [Fact]
    public void The_skip_path_matters_most_in_a_deep_net()
    {
        Report report = Run("parts=skip,feed-forward", "depths=8", "steps=80", "learning_rate=0.005", "seeds=3", "batch=16");
        Assert.Equal(Verdict.Supported, Of(report, "skip-matters-most").Verdict);
    }

    [Fact]
    public void Claims_about_parts_that_stay_are_left_out_with_a_reason()
    {
        Report report = Run("parts=norm");
        Assert.Equal(AblationClaims.All.Select(c => c.Id), report.Omitted.Select(o => o.Claim.Id));
        Assert.Empty(report.Claims);
    }

    [Fact]
    public void A_net_without_a_skip_path_is_refused()
    {
        SettingException e = Assert.Throws<SettingException>(() => Run("residual=none"));
        Assert.Contains("residual none", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint()
    {
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=2").Fingerprint);
    }

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private static ClaimResult Of(Report report, string claim) => report.Claims.Single(c => c.Claim.Id == claim);
}
