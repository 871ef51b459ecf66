using Fukami.Tensors;

namespace Fukami.Lab.Tests;

public sealed class IdentityTests
{
    private static readonly Identity Experiment = new();
    private static readonly string[] Small = ["width=16", "batch=32", "steps=60", "blocks=2,6", "trained=2", "extra=2", "seeds=2"];

    [Theory]
    [InlineData("zero")]
    [InlineData("rezero")]
    public void Branches_that_begin_as_zero_give_back_the_input_bit_for_bit(string residual)
    {
        float[] x = new float[8 * 16];
        new RandomSource(1).FillNormal(x, 1);
        Assert.Equal(x, Apply(MultilayerNet.Fresh(50, 16, residual, "layer", new RandomSource(2)), x));
        Report report = Run($"residual={residual}", "blocks=2,100");
        Assert.Equal(new Interval(0, 0, 0), Claim(report, "zero-start-is-identity").Measured);
        Assert.All(report.Tables.Single().Rows, row => Assert.Equal(row[1].Number, row[2].Number));
        Assert.Equal(Verdict.Supported, Claim(report, "skip-alone-learns-identity").Verdict);
    }

    [Fact]
    public void A_block_is_two_layers_with_a_ReLU_between()
    {
        var random = new RandomSource(3);
        var block = new MultilayerBlock(4, "plain", "layer", random);
        float[] x = [1, -2, 0.5f, 3], up = block.Parameters[0].Values.ToArray(), down = block.Parameters[2].Values.ToArray();
        block.Parameters[1].Values.Fill(0.25f);
        float[] hidden = [.. Enumerable.Range(0, 4).Select(j => Math.Max(0, 0.25f + Enumerable.Range(0, 4).Sum(i => x[i] * up[(i * 4) + j])))];
        float[] expected = [.. Enumerable.Range(0, 4).Select(j => x[j] + Enumerable.Range(0, 4).Sum(i => hidden[i] * down[(i * 4) + j]))];
        Assert.All(Apply(new MultilayerNet([block]), x).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 4));
    }

    [Fact]
    public void A_deeper_net_begins_with_the_blocks_of_the_shallower_one_and_a_net_without_its_last_block_is_the_shallower_one()
    {
        float[] x = new float[3 * 8];
        new RandomSource(1).FillNormal(x, 1);
        MultilayerNet three = MultilayerNet.Fresh(3, 8, "pre", "rms", new RandomSource(4)), two = MultilayerNet.Fresh(2, 8, "pre", "rms", new RandomSource(4));
        Assert.Equal(Apply(two, x), Apply(three.Without(2), x));
        Assert.Equal(Apply(three, x), Apply(two.With(1, 8, "pre", "rms", new RandomSource(4)), x));
        Assert.NotEqual(Apply(two, x), Apply(three, x));
    }

    [Fact]
    public void Before_training_the_error_is_what_the_variances_say()
    {
        Report report = Run("residual=none,none-pre,none-norm,plain,pre,post,zero", "width=128", "blocks=1,3", "steps=1", "seeds=3");
        foreach (string name in (string[])["none", "none-pre", "none-norm", "plain", "pre", "post", "zero"])
        {
            Series[] lines = [.. report.Series.Where(s => s.Quantity.Id is "error_at_start" && s.Name == name)];
            Assert.All(lines.Single(s => !s.IsPrediction).Y.Zip(lines.Single(s => s.IsPrediction).Y), pair => Assert.InRange(pair.First, 0.7 * pair.Second, 1.4 * pair.Second));
        }
    }

    [Fact]
    public void Training_follows_the_gradient_of_the_mean_square()
    {
        Regression task = Tasks.Copy(8);
        MultilayerNet net = MultilayerNet.Fresh(1, 8, "pre", "layer", new RandomSource(5));
        var tape = new Tape(new ThreadTeam(1));
        double before = task.Error(tape, net, new RandomSource(6));
        task.Train(tape, net, 400, 64, 3e-3f, new RandomSource(6), (_, _) => { }, CancellationToken.None);
        Assert.True(task.Error(tape, net, new RandomSource(6)) < 0.2 * before);
    }

    [Fact]
    public void A_skip_path_alone_is_far_from_the_identity()
    {
        Report report = Run("residual=plain,zero", "blocks=16");
        Assert.Equal([Verdict.Refuted, Verdict.Supported], report.Claims.Where(c => c.Claim.Id is "skip-alone-learns-identity").Select(c => c.Verdict));
        Assert.True(report.Series[0].Y[0] > 100);
    }

    [Fact]
    public void That_plain_nets_fail_is_supported_at_depth_and_refuted_for_a_single_block()
    {
        Assert.Equal(Verdict.Supported, Claim(Run("residual=none", "blocks=2,24"), "deep-plain-fails").Verdict);
        Assert.Equal(Verdict.Refuted, Claim(Run("residual=none-pre", "blocks=1", "steps=800", "seeds=4"), "deep-plain-fails").Verdict);
    }

    [Fact]
    public void A_lost_block_ends_a_plain_net_and_not_one_with_small_branches()
    {
        Report report = Run("residual=none-pre,zero", "blocks=1", "trained=6", "width=32", "steps=300", "batch=64");
        Assert.Equal([Verdict.Refuted, Verdict.Supported], report.Claims.Where(c => c.Claim.Id is "lesion-harmless").Select(c => c.Verdict));
        Assert.Equal([Verdict.Refuted, Verdict.Supported], report.Claims.Where(c => c.Claim.Id is "extra-layers-harmless").Select(c => c.Verdict));
    }

    [Fact]
    public void Where_the_numbers_leave_single_precision_the_verdict_is_open_and_says_why()
    {
        ClaimResult claim = Claim(Run("residual=plain", "blocks=200"), "skip-alone-learns-identity");
        Assert.Equal(Verdict.Inconclusive, claim.Verdict);
        Assert.Contains("single precision", claim.Why.English, StringComparison.Ordinal);
    }

    [Fact]
    public void The_target_of_the_nets_that_are_operated_on_has_about_variance_1()
    {
        double[] powers = [.. Enumerable.Range(0, 20).Select(i => Tasks.Waves(32, new RandomSource((ulong)i)).ErrorOfZero(new RandomSource(7)))];
        Assert.InRange(powers.Average(), 0.8, 1.2);
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint()
    {
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=2").Fingerprint);
    }

    [Fact]
    public void Every_arrangement_runs_with_every_normalization()
    {
        Report report = Run($"residual={string.Join(',', MultilayerBlock.Arrangements)}", "norm=layer,rms", "steps=5", "seeds=1");
        string[] names = [.. report.Series.Where(s => s.Quantity.Id is "error").Select(s => s.Name)];
        Assert.Equal(["none", "none-pre", "none-pre/rms", "none-norm", "none-norm/rms", "plain", "pre", "pre/rms", "post", "post/rms", "zero", "rezero"], names);
    }

    [Fact]
    public void A_list_of_blocks_that_does_not_rise_is_refused() =>
        Assert.Contains("blocks", Assert.Throws<SettingException>(() => Run("blocks=8,2")).Message, StringComparison.Ordinal);

    [Fact]
    public void Claims_that_do_not_apply_are_left_out_with_a_reason()
    {
        Report report = Run("residual=none", "blocks=2");
        Assert.Contains("zero-start-is-identity", report.Omitted.Select(o => o.Claim.Id));
        Assert.Contains("deeper-plain-is-worse", report.Omitted.Select(o => o.Claim.Id));
        Assert.All(report.Omitted, o => Assert.NotEmpty(o.Reason.Japanese));
    }

    [Fact]
    public void A_run_that_is_stopped_in_the_middle_of_a_training_keeps_the_finished_ones()
    {
        using var stop = new CancellationTokenSource();
        Report report = Experiment.Run(Experiment.Defaults.With([.. Small, "steps=100000", "residual=zero,none"]), new StopInTraining(stop), stop.Token);
        Assert.True(report.Interrupted);
        Assert.Contains(report.Series, s => s.Name is "zero");
        Assert.DoesNotContain(report.Series, s => s.Name is "none");
    }

    private static float[] Apply(MultilayerNet net, float[] x)
    {
        int width = net.Blocks[0].Parameters[0].Shape[0];
        var tape = new Tape(new ThreadTeam(1));
        tape.Begin();
        return net.Forward(tape.Input(x, new Shape(x.Length / width, width))).Values.ToArray();
    }

    private static Report Run(params string[] changes) => Experiment.Run(Experiment.Defaults.With(Small).With(changes));

    private static ClaimResult Claim(Report report, string id) => report.Claims.Single(c => c.Claim.Id == id);

    // both threads of a run may be in long trainings: stops when a zero start is done
    private sealed class StopInTraining(CancellationTokenSource stop) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            if (value.Doing.English.Contains("zero, 2 blocks, seed 1: error 0 after", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
