using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class PatchSweepTests
{
    private static readonly LogitMetric Difference = new(3) { Against = 5 };

    [Theory]
    [InlineData("decoder", "pre")]
    [InlineData("decoder", "post")]
    [InlineData("encoder", "deepnorm")]
    public void At_the_corners_a_patch_gives_the_sources_metric_or_the_targets(string kind, string residual)
    {
        (Transformer model, TokenBatch source, TokenBatch target) = Prompts(kind, residual);
        PatchSweep sweep = PatchSweep.Run(new Tape(), model, source, target, "resid_post", Difference);
        Assert.Equal(sweep.Layers * sweep.Positions, sweep.Done);
        for (int position = 0; position < 5; position++)
        {
            // behind the last layer only the stream of the position that is read matters
            Assert.Equal(position == 4 ? sweep.Source : sweep.Target, sweep[1, position]);
            Assert.Equal(position == 4 ? 1 : 0, sweep.Recovered(1, position));
        }
    }

    [Fact]
    public void In_front_of_the_first_layer_only_the_token_that_differs_matters_and_gives_all()
    {
        (Transformer model, TokenBatch source, TokenBatch target) = Prompts("decoder", "pre");
        source.Ids.CopyTo(target.Ids, 0);
        target.Ids[2] = (source.Ids[2] + 1) % 11;
        PatchSweep sweep = PatchSweep.Run(new Tape(), model, source, target, "resid_pre", Difference);
        for (int position = 0; position < 5; position++)
        {
            Assert.Equal(position == 2 ? sweep.Source : sweep.Target, sweep[0, position]);
        }

        Assert.NotEqual(sweep.Source, sweep.Target);
    }

    [Fact]
    public void A_cancelled_sweep_keeps_what_it_found()
    {
        (Transformer model, TokenBatch source, TokenBatch target) = Prompts("decoder", "pre");
        using var cancellation = new CancellationTokenSource();
        var told = new Progress(share =>
        {
            if (share >= 0.3)
            {
                cancellation.Cancel();
            }
        });
        PatchSweep sweep = PatchSweep.Run(new Tape(), model, source, target, "attn_out", Difference, told, cancellation.Token);
        Assert.Equal(3, sweep.Done);
        Assert.False(double.IsNaN(sweep[0, 2]));
        Assert.True(double.IsNaN(sweep[0, 3]));
    }

    [Fact]
    public void Prompts_of_different_length_are_refused()
    {
        (Transformer model, TokenBatch source, _) = Prompts("decoder", "pre");
        Assert.Equal(
            "A sweep patches one sentence with another of the same length; 1 of 5 positions and 1 of 4 were given.",
            Assert.Throws<InspectionException>(() => PatchSweep.Run(new Tape(), model, source, Sample.Batch(model, 1, 4), "resid_pre", Difference)).Message);
        Assert.Equal(
            "The logit of token 11 was asked for; the model has tokens 0 to 10.",
            Assert.Throws<InspectionException>(() => PatchSweep.Run(new Tape(), model, source, source, "resid_pre", new LogitMetric(11))).Message);
    }

    private static (Transformer Model, TokenBatch Source, TokenBatch Target) Prompts(string kind, string residual)
    {
        Transformer model = Sample.Model(Sample.Settings with { Kind = kind, Residual = residual });
        return (model, Sample.Batch(model, 1, 5, seed: 4), Sample.Batch(model, 1, 5, seed: 5));
    }

    private sealed class Progress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
