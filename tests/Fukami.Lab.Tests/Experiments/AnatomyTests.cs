using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class AnatomyTests
{
    private static readonly Anatomy Experiment = new();

    [Fact]
    public void The_models_that_ship_show_both_orders_stage_by_stage()
    {
        Report report = Experiment.Run(Experiment.Defaults);
        Assert.Equal(2, report.Tables.Count);
        Assert.Equal(
            ["resid_pre", "ln1 x̂", "ln1.normalized", "attn_out", "resid_mid", "ln2 x̂", "ln2.normalized", "mlp_out", "resid_post"],
            report.Tables[0].Rows.Select(r => r[0].Text!));
        Assert.Equal(
            ["resid_pre", "attn_out", "resid_mid_sum", "ln1 x̂", "resid_mid", "mlp_out", "resid_post_sum", "ln2 x̂", "resid_post"],
            report.Tables[1].Rows.Select(r => r[0].Text!));
        foreach (string id in (string[])["sum-holds", "normalized-mean", "normalized-variance", "stream-size"])
        {
            Assert.Equal(2, Claims(report, id).Count(c => c.Verdict is Verdict.Supported));
        }

        Assert.All(Claims(report, "variance-exactly-one"), c => Assert.Equal(Verdict.Refuted, c.Verdict));
        Assert.Empty(report.Omitted);
    }

    [Fact]
    public void The_decoder_that_ships_goes_on_with_a_sentence_as_a_person_would()
    {
        TrainedModel decoder = TrainedModel.Shipped(ShippedModels.Decoder);
        ITokenizer tokenizer = decoder.Folder.Tokenizer!;
        var likeliest = new GenerationSettings { Tokens = 1, Temperature = 0 };
        foreach ((string prompt, string next) in ((string, string)[])
            [
                ("The cat sat on the", " mat"), ("The mice near the dog", " are"), ("Mia got a ball from Tom. Mia thanked", " Tom"),
                ("箱の中に本が二", "冊"), ("トムはミアに本をあげました。ミアはトムにお礼を言いました。それから", "ミア"),
            ])
        {
            int token = new Generator(decoder.Folder.Model).Generate(tokenizer.Encode(prompt), likeliest, TestContext.Current.CancellationToken).First();
            Assert.Equal(next, tokenizer.Decode([token]));
        }
    }

    [Fact]
    public void The_encoder_that_ships_fills_a_gap_from_both_sides()
    {
        TrainedModel encoder = TrainedModel.Shipped(ShippedModels.Encoder);
        ITokenizer tokenizer = encoder.Folder.Tokenizer!;
        int[] ids = tokenizer.Encode("The cat sat on the mat. It was tired.\nThe dogs slept on the sofa. They were happy.\nThe mice near the dog are hungry.\nThe fox");
        int gap = tokenizer.Encode("The cat sat on the mat. It was tired.\nThe dogs slept on the sofa.").Length;
        var batch = new TokenBatch(1, ids.Length);
        ids.CopyTo(batch.Ids, 0);
        batch.Ids[gap] = encoder.Net.Vocabulary - 1;
        var tape = new Tape();
        tape.Begin();
        ReadOnlySpan<float> logits = encoder.Folder.Model.Forward(tape, batch).Values.Slice(gap * encoder.Net.Vocabulary, encoder.Net.Vocabulary);
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }

        Assert.Equal(" They", tokenizer.Decode([best]));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("post")]
    [InlineData("pre")]
    [InlineData("sandwich")]
    [InlineData("deepnorm")]
    [InlineData("rezero")]
    [InlineData("scaled-pre")]
    [InlineData("parallel")]
    public void Every_arrangements_sums_hold_to_the_last_bit(string residual) =>
        Assert.Equal(0, Fresh(Net() with { Residual = residual }).SumError);

    [Theory]
    [InlineData("none")]
    [InlineData("none-norm")]
    public void Where_there_is_no_skip_path_nothing_is_summed(string residual)
    {
        AnatomyFinding found = Fresh(Net() with { Residual = residual });
        Assert.Equal(double.NaN, found.SumError);
        Assert.DoesNotContain(AnatomyClaims.Test(found), c => c.Claim == AnatomyClaims.SumHolds);
    }

    [Theory]
    [InlineData("pre", "resid_mid")]
    [InlineData("post", "resid_post_sum")]
    [InlineData("parallel", "resid_post")]
    public void A_sum_that_does_not_hold_is_refuted(string residual, string point)
    {
        var tape = new Tape(new ThreadTeam(1));
        tape.Replace($"blocks.1.{point}", x => 1.01f * x);
        ClaimResult result = AnatomyClaims.Test(Fresh(Net() with { Residual = residual }, tape)).Single(c => c.Claim == AnatomyClaims.SumHolds);
        Assert.Equal(Verdict.Refuted, result.Verdict);
    }

    [Fact]
    public void A_norm_that_does_not_normalize_is_refuted()
    {
        var tape = new Tape(new ThreadTeam(1));
        tape.Replace("blocks.1.ln1.normalized", _ => tape["blocks.1.resid_pre"]);
        ClaimResult[] results = [.. AnatomyClaims.Test(Fresh(Net(), tape))];
        Assert.Equal(Verdict.Refuted, results.Single(c => c.Claim == AnatomyClaims.MeanIsZero).Verdict);
        Assert.Equal(Verdict.Refuted, results.Single(c => c.Claim == AnatomyClaims.VarianceFollowsFormula).Verdict);
    }

    [Theory]
    [InlineData("pre", "layer")]
    [InlineData("post", "layer")]
    [InlineData("sandwich", "layer")]
    [InlineData("none-norm", "layer")]
    [InlineData("pre", "rms")]
    [InlineData("deepnorm", "rms")]
    public void The_variance_follows_the_formula_though_an_epsilon_of_one_takes_much_of_it(string residual, string norm)
    {
        ClaimResult[] results = [.. AnatomyClaims.Test(Fresh(Net() with { Residual = residual, Norm = norm, Epsilon = 1 }))];
        Assert.Equal(Verdict.Supported, results.Single(c => c.Claim == AnatomyClaims.VarianceFollowsFormula).Verdict);
        ClaimResult one = results.Single(c => c.Claim == AnatomyClaims.VarianceIsOne);
        Assert.Equal(Verdict.Refuted, one.Verdict);
        Assert.True(one.Measured.Estimate < 0.9);
        Assert.Equal(norm is "layer", Array.Exists(results, c => c.Claim == AnatomyClaims.MeanIsZero));
    }

    [Fact]
    public void With_next_to_no_epsilon_the_variance_is_one()
    {
        ClaimResult one = AnatomyClaims.Test(Fresh(Net() with { Epsilon = 1e-12f })).Single(c => c.Claim == AnatomyClaims.VarianceIsOne);
        Assert.Equal(Verdict.Supported, one.Verdict);
    }

    [Fact]
    public void A_rows_statistics_are_those_of_the_textbook()
    {
        var s = RowStatistics.Of([1.0, 2.0, 3.0, 6.0]);
        Assert.Equal((3, 3.5, Math.Sqrt(50)), (s.Mean, s.Variance, s.Norm));
    }

    [Fact]
    public void Any_model_folder_is_looked_at_also_one_without_a_tokenizer()
    {
        using var folder = new TemporaryFolder();
        ModelFolder.Save(folder.Path, Transformer.Init(Net() with { Norm = "batch", Residual = "none" }, new RandomSource(1)), null);
        SettingValues settings = Experiment.Defaults.With(["model=" + folder.Path, "prompt=", "seeds=3", "layer=3"]);
        Report report = Experiment.Run(settings);
        Assert.Empty(report.Claims);
        Assert.Equal(AnatomyClaims.All.Count, report.Omitted.Count);
        Assert.Equal(report.Fingerprint, Experiment.Run(settings).Fingerprint);
        SettingException e = Assert.Throws<SettingException>(() => Experiment.Run(Experiment.Defaults.With("model", folder.Path)));
        Assert.Contains("prompt=", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_looked_at_is_refused_with_a_sentence()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<CheckpointException>(() => Experiment.Run(Experiment.Defaults.With("model", folder.Path)));
        Assert.Throws<CheckpointException>(() => Experiment.Run(Experiment.Defaults.With("model", Path.Combine(folder.Path, "nowhere"))));
        Assert.Contains("1 to 6", Assert.Throws<SettingException>(() => Experiment.Run(Experiment.Defaults.With("layer", "7"))).Message, StringComparison.Ordinal);
        Assert.Contains("unicorn", Assert.Throws<TokenizerException>(() => Experiment.Run(Experiment.Defaults.With("prompt", "The unicorn sat"))).Message, StringComparison.Ordinal);
        string story = string.Concat(Enumerable.Repeat("The cat sat on the mat.\n", 10));
        Assert.Contains("80 tokens", Assert.Throws<SettingException>(() => Experiment.Run(Experiment.Defaults.With("prompt", story))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        AnatomyFinding one = Fresh(Net(), new Tape(new ThreadTeam(1))), two = Fresh(Net(), new Tape(new ThreadTeam(2)));
        Assert.Equal(one.StreamNorms, two.StreamNorms);
        Assert.Equal(one.Norms.Select(n => n.AverageVariance), two.Norms.Select(n => n.AverageVariance));
    }

    private static TransformerSettings Net() => new() { Vocabulary = 20, Length = 8, Depth = 3, Width = 16, Heads = 2, InitializationDeviation = 0.3f };

    private static AnatomyFinding Fresh(TransformerSettings net, Tape? tape = null)
    {
        using var folder = new TemporaryFolder();
        ModelFolder.Save(folder.Path, Transformer.Init(net, new RandomSource(1)), null);
        return new AnatomyFinding(TrainedModel.Open(folder.Path), RandomText.Of(2, 8, net.Vocabulary, new RandomSource(2)), tape ?? new Tape(new ThreadTeam(1)));
    }

    private static IEnumerable<ClaimResult> Claims(Report report, string id) => report.Claims.Where(c => c.Claim.Id == id);
}
