using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class TokenMemoryTests
{
    private static readonly TokenMemory Experiment = new();
    private static readonly string[] Small = ["width=32", "heads=2", "length=8", "vocabulary=16", "batch=36", "depth=6", "seeds=3"];

    [Fact]
    public void With_a_skip_path_the_word_is_there_and_without_one_it_is_gone()
    {
        Report report = Run("residual=pre,none");
        Assert.Equal(Verdict.Supported, Claim(report, "word-can-be-read", "pre").Verdict);
        Assert.Equal(Verdict.Refuted, Claim(report, "word-can-be-read", "none").Verdict);
        Assert.Equal(Verdict.Supported, Claim(report, "skip-keeps-tokens-apart", "pre").Verdict);
        Assert.Equal(Verdict.Supported, Claim(report, "word-gone-without-skip", "none").Verdict);
    }

    [Fact]
    public void Verdicts_come_out_the_other_way_where_the_claims_fail()
    {
        Report report = Run("residual=none,post", "depth=1");
        Assert.Equal(Verdict.Refuted, Claim(report, "tokens-become-alike", "none").Verdict);
        Assert.Equal(Verdict.Supported, Claim(report, "word-can-be-read", "post").Verdict);
        Assert.Contains(report.Omitted, o => o.Claim.Id is "rank-collapse-doubly-exponential");
    }

    [Fact]
    public void Predictions_are_those_of_Xaviers_variances()
    {
        var net = new TransformerSettings { Width = 64, Initialization = "xavier", Activation = "relu", Positions = "none", Depth = 12 };
        (Func<int, double> least, Func<int, double> most) = TokenMemoryClaims.Share(new Arrangement("pre", "layer"), net)!.Value;
        Assert.Equal(1 / Math.Sqrt(1 + (1.32 * 12)), least(12), 6);
        Assert.Equal(1 / Math.Sqrt(1 + (0.32 * 12)), most(12), 6);
        (least, most) = TokenMemoryClaims.Share(new Arrangement("post", "layer"), net)!.Value;
        Assert.Equal(Math.Pow(2.64, -6), least(12), 9);
        Assert.Equal(Math.Pow(1.32, -6), most(12), 6);
        Assert.Null(TokenMemoryClaims.Share(new Arrangement("pre", "batch"), net));
        Assert.Null(TokenMemoryClaims.Share(new Arrangement("none", "layer"), net));
    }

    [Fact]
    public void Attention_alone_cubes_what_tells_positions_apart()
    {
        Report report = Experiment.Run(Experiment.Defaults.With(["residual=pre", "depth=3", "batch=12"]));
        Assert.Equal(Verdict.Supported, Claim(report, "rank-collapse-doubly-exponential", "attention alone (no mask)").Verdict);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("learned")]
    public void In_front_of_the_first_layer_the_stream_is_the_word_beside_its_position(string positions)
    {
        MemoryProfile profile = Profile(Net() with { Positions = positions }, Words(6, 8), new Tape(new ThreadTeam(1)));
        Assert.Equal(1, profile.Cosine[0], 6);
        Assert.Equal(1, profile.Read[0]);
    }

    [Fact]
    public void Sentences_of_one_repeated_word_have_nothing_that_tells_positions_apart()
    {
        var batch = new TokenBatch(6, 8);
        for (int i = 0; i < batch.Ids.Length; i++)
        {
            batch.Ids[i] = i / 8;
        }

        Assert.All(Profile(Net(), batch, new Tape(new ThreadTeam(1))).Apart, r => Assert.InRange(r, 0, 1e-6));
        Assert.InRange(Profile(Net(), Words(6, 8), new Tape(new ThreadTeam(1))).Apart[0], 0.7, 1);
    }

    [Fact]
    public void A_probe_names_what_is_on_a_line_and_guesses_the_commonest_where_nothing_is()
    {
        var random = new RandomSource(1);
        int[] labels = [.. Enumerable.Range(0, 300).Select(i => random.Below((ulong)i, 5))];
        double[] lines = [.. labels.SelectMany(label => Enumerable.Range(0, 8).Select(f => (double)random.Normal((ulong)(1000 + (label * 8) + f))))];
        Assert.Equal(1, LinearProbe.Accuracy(lines, labels, 200, 5));
        int[] mostlyTwo = [.. labels.Select(label => label < 2 ? label : 2)];
        Assert.Equal(mostlyTwo.Skip(200).Count(l => l == 2) / 100.0, LinearProbe.Accuracy(new double[300 * 4], mostlyTwo, 200, 3), 12);
    }

    [Fact]
    public void The_table_follows_each_token_of_the_prompt_through_the_trained_net()
    {
        Report report = Run("residual=pre", "seeds=1", "prompt=猫はマットの上に");
        Table table = Assert.Single(report.Tables);
        Assert.Equal(["猫", "は", "マット", "の", "上", "に"], table.Rows.Select(r => r[0].Text!));
        Assert.All(table.Rows, row => Assert.Equal(1, row[1].Number, 5));
        Assert.Empty(Run("residual=pre", "seeds=1", "prompt=").Tables);
    }

    [Fact]
    public void Any_model_folder_can_be_looked_at()
    {
        using var folder = new TemporaryFolder();
        string tiny = Path.Combine(folder.Path, "tiny");
        ModelFolder.Save(tiny, Transformer.Init(Net(), new RandomSource(1)), null);
        Assert.Equal("tiny", Claim(Run("residual=pre", "seeds=2", "prompt=", "model=" + tiny), "word-can-be-read", "tiny").Subject);
        Assert.Throws<CheckpointException>(() => Run("model=" + Path.Combine(folder.Path, "nowhere")));
        Assert.Throws<SettingException>(() => Run("model=" + tiny));
        Assert.Throws<TokenizerException>(() => Run("prompt=The unicorn"));
    }

    [Fact]
    public void Threads_and_repetition_change_no_bit()
    {
        MemoryProfile one = Profile(Net(), Words(6, 8), new Tape(new ThreadTeam(1))), two = Profile(Net(), Words(6, 8), new Tape(new ThreadTeam(2)));
        Assert.Equal(one.Cosine, two.Cosine);
        Assert.Equal(one.Apart, two.Apart);
        Assert.Equal(one.Read, two.Read);
        Assert.Equal(Run("seeds=2", "depth=3").Fingerprint, Run("seeds=2", "depth=3").Fingerprint);
        Assert.NotEqual(Run("seeds=2", "depth=3").Fingerprint, Run("seeds=2", "depth=3", "seed=9").Fingerprint);
    }

    [Fact]
    public void Every_arrangement_runs_with_every_normalization()
    {
        string residuals = string.Join(',', ResidualConnections.All.Select(r => r.Name)), norms = string.Join(',', Normalizations.All.Select(n => n.Name));
        Report report = Run($"residual={residuals}", $"norm={norms}", "seeds=1", "depth=2", "batch=6");
        Assert.All(report.Series, s => Assert.All(s.Y, y => Assert.True(double.IsFinite(y))));
        Assert.Contains(report.Series, s => s.Name is "post/rms");
        Assert.Equal(["rank-collapse-doubly-exponential"], report.Omitted.Select(o => o.Claim.Id));
    }

    [Fact]
    public void Claims_that_do_not_apply_are_left_out_with_a_reason()
    {
        Report report = Run("residual=rezero", "seeds=1");
        Assert.Contains(report.Omitted, o => o.Claim.Id is "token-fades-slowly");
        Assert.Contains(report.Omitted, o => o.Claim.Id is "tokens-become-alike");
        Assert.All(report.Omitted, o => Assert.NotEmpty(o.Reason.Japanese));
    }

    [Fact]
    public void A_run_that_is_stopped_keeps_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "seeds=500"]), new StopAtOnce(stop), stop.Token);
        Assert.True(report.Interrupted);
        Assert.NotEmpty(report.Series);
    }

    [Fact]
    public void A_width_that_heads_do_not_divide_is_refused() =>
        Assert.Contains("heads", Assert.Throws<SettingException>(() => Run("width=33")).Message, StringComparison.Ordinal);

    private static TransformerSettings Net() => new() { Vocabulary = 16, Length = 8, Depth = 2, Width = 32, Heads = 2, Positions = "none", Initialization = "xavier" };

    // every token is among the first sentences, which the probe learns from
    private static TokenBatch Words(int sentences, int length)
    {
        var batch = new TokenBatch(sentences, length);
        for (int i = 0; i < batch.Ids.Length; i++)
        {
            batch.Ids[i] = i * 7 / 3 % 8;
        }

        return batch;
    }

    private static MemoryProfile Profile(TransformerSettings net, TokenBatch batch, Tape tape) =>
        MemoryProfile.Of(tape, Transformer.Init(net, new RandomSource(3)), batch, batch.Batch * 2 / 3, TestContext.Current.CancellationToken);

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private static ClaimResult Claim(Report report, string id, string subject) =>
        report.Claims.Single(c => string.Equals(c.Claim.Id, id, StringComparison.Ordinal) && string.Equals(c.Subject, subject, StringComparison.Ordinal));

    private sealed class StopAtOnce(CancellationTokenSource stop) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => stop.Cancel();
    }
}
