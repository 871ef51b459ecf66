using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class TrainerTests
{
    [Theory]
    [InlineData("decoder", 6, 100)]
    [InlineData("encoder", 3, 100)]
    [InlineData("encoder-decoder", 3, 200)]
    public void A_small_model_learns_to_copy(string kind, int length, int steps)
    {
        Trainer trainer = Small.Trainer(model: Small.Model(kind) with { Length = length }, settings: Small.Training with { Steps = steps, Batch = 16, LearningRate = 1e-2f, MinimumLearningRate = 1e-3f, EvaluateEvery = 0 });
        TrainingOutcome outcome = trainer.Run();
        Assert.Equal(steps, outcome.Steps);
        Assert.False(outcome.Cancelled);
        Assert.InRange(outcome.ValidationLoss!.Value, 0, 0.3);
    }

    [Fact]
    public void Training_approaches_the_entropy_of_a_Markov_source_and_stays_above_it()
    {
        var source = new MarkovSource("decoder", 8, 12);
        var trainer = new Trainer(Small.Init(Small.Model()), source, Small.Training with { Steps = 120, Batch = 16, LearningRate = 1e-2f, MinimumLearningRate = 1e-3f, EvaluateEvery = 0 }, team: new ThreadTeam(1));
        Assert.InRange(trainer.Run().ValidationLoss!.Value - source.LeastLoss!.Value, -0.02, 0.08);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        Trainer one = Small.Trainer(team: new ThreadTeam(1));
        Trainer three = Small.Trainer(team: new ThreadTeam(3));
        Assert.Equal(one.Run().ValidationLoss, three.Run().ValidationLoss);
        Assert.Equal(Small.Bits(one.Model), Small.Bits(three.Model));
    }

    [Fact]
    public void Two_micro_batches_are_averaged()
    {
        // the same examples in both micro-batches: the mean is that of one
        Trainer once = Small.Trainer(settings: Small.Training with { Clip = 0 });
        var twice = new Trainer(Small.Init(Small.Model()), new FirstPartOnly(Small.Copy()), Small.Training with { Accumulation = 2, Clip = 0 }, team: new ThreadTeam(1));
        var single = new Trainer(Small.Init(Small.Model()), new FirstPartOnly(Small.Copy()), Small.Training with { Clip = 0 }, team: new ThreadTeam(1));
        TrainingStep a = twice.Step();
        TrainingStep b = single.Step();
        Assert.Equal(b.Loss, a.Loss, 1e-6);
        Assert.Equal(b.GradientNorm, a.GradientNorm, 1e-6);
        Assert.NotEqual(once.Step().Loss, b.Loss);
    }

    [Fact]
    public void A_long_gradient_is_shortened_to_the_bound()
    {
        // with plain gradient descent at rate 1 the change is the gradient itself
        TrainingSettings settings = Small.Training with { Optimizer = "sgd", Momentum = 0, WeightDecay = 0, WarmUp = 0, Schedule = "constant", LearningRate = 1, Clip = 0.01f };
        Trainer trainer = Small.Trainer(settings: settings);
        float[][] before = [.. trainer.Model.Parameters.Select(parameter => parameter.Values.ToArray())];
        Assert.True(trainer.Step().GradientNorm > 0.01);
        double change = Math.Sqrt(trainer.Model.Parameters.Zip(before).Sum(pair => Distance(pair.First.Values, pair.Second)));
        Assert.Equal(0.01, change, 1e-5);
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_training_and_names_the_first_point()
    {
        Trainer trainer = Small.Trainer();
        trainer.Step();
        trainer.Model.Parameters.Single(parameter => parameter.Name == "blocks.1.mlp.up.weight").Values[3] = float.NaN;
        byte[] before = Small.Bits(trainer.Model);
        var exception = Assert.Throws<TrainingException>(() => trainer.Run());
        Assert.Contains("at step 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("blocks.1.mlp.pre", exception.Message, StringComparison.Ordinal);
        Assert.Contains("NaN", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Small.Bits(trainer.Model));
    }

    [Fact]
    public void A_gradient_that_is_no_number_stops_the_training_and_names_where_it_began()
    {
        Trainer trainer = Small.Trainer();
        trainer.Step();

        // the value stays as it is, the gradient becomes infinite: 0 · (∞ · 0)
        trainer.Tape.Replace("blocks.0.mlp_out", tensor => tensor + (float.MaxValue * (float.MaxValue * (0f * tensor))));
        var exception = Assert.Throws<TrainingException>(() => trainer.Step());
        Assert.Contains("gradient", exception.Message, StringComparison.Ordinal);
        Assert.Contains("blocks.0.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_breakdown_leaves_the_last_good_state_in_the_folder()
    {
        using var folder = new TestFolder();
        Trainer trainer = Small.Trainer(TrainingFolder.Create(folder.File("run")), Small.Training with { Steps = 40 });
        var exception = Assert.Throws<TrainingException>(() => trainer.Run(progress =>
        {
            if (progress.Last.Step == 10)
            {
                trainer.Model.Parameters[0].Values.Fill(float.PositiveInfinity);
            }
        }));
        Assert.Contains("at step 11", exception.Message, StringComparison.Ordinal);
        Assert.Contains("the state after step 8", exception.Message, StringComparison.Ordinal);
        Assert.Contains(" embed", exception.Message, StringComparison.Ordinal);
        Assert.Equal(8, TrainingCheckpoint.Open(folder.File("run")).State.Step);
    }

    [Fact]
    public void An_evaluation_that_gives_no_number_stops_the_training_too()
    {
        Trainer trainer = Small.Trainer();
        trainer.Model.Parameters[0].Values.Fill(float.NaN);
        Assert.Contains("held-out", Assert.Throws<TrainingException>(() => trainer.Evaluate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_reports_every_step_and_evaluations_where_they_are_due()
    {
        var reports = new List<TrainingProgress>();
        TrainingOutcome outcome = Small.Trainer().Run(reports.Add);
        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long)i), reports.Select(report => report.Last.Step));
        Assert.Equal([5, 10, 12], reports.Where(report => report.ValidationLoss is not null).Select(report => report.Last.Step));
        Assert.All(reports, report => Assert.True(report.TokensPerSecond > 0 && report.Last.Loss > 0 && report.Last.GradientNorm > 0 && !report.Saved));
        Assert.Equal(reports[^1].ValidationLoss, outcome.ValidationLoss);
        Assert.Equal(reports.Min(report => report.ValidationLoss), outcome.BestValidationLoss);
        Assert.Equal(TimeSpan.Zero, reports[^1].TimeLeft);
    }

    [Fact]
    public void Evaluation_weighs_every_held_out_target_alike()
    {
        // batches of 3 leave a last one that is not full; batches of 256 have all in one
        double inThrees = Small.Trainer(settings: Small.Training with { Batch = 3 }).Evaluate()!.Value;
        double atOnce = Small.Trainer(settings: Small.Training with { Batch = 256 }).Evaluate()!.Value;
        Assert.Equal(atOnce, inThrees, 1e-6);
        Assert.Equal(Math.Log(8), atOnce, 0.2);
    }

    [Fact]
    public void Evaluation_changes_nothing()
    {
        Trainer with = Small.Trainer(settings: Small.Training with { EvaluateEvery = 1 }, model: Small.Model() with { Dropout = 0.2f, Norm = "batch" });
        Trainer without = Small.Trainer(settings: Small.Training with { EvaluateEvery = 0 }, model: Small.Model() with { Dropout = 0.2f, Norm = "batch" });
        with.Run();
        without.Run();
        Assert.Equal(Small.Bits(without.Model), Small.Bits(with.Model));
    }

    [Theory]
    [InlineData("adamw", "layer", 0)]
    [InlineData("sgd", "batch", 0.1f)]
    public void A_step_allocates_no_managed_memory_after_the_first(string optimizer, string norm, float dropout)
    {
        Trainer trainer = Small.Trainer(settings: Small.Training with { Optimizer = optimizer, Accumulation = 2 }, model: Small.Model() with { Norm = norm, Dropout = dropout }, team: new ThreadTeam(2));
        trainer.Step();
        trainer.Step();
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 5; i++)
            {
                trainer.Step();
            }
        }));
    }

    [Fact]
    public void Model_and_source_must_fit()
    {
        Assert.Contains("vocabulary=9", Refused(Small.Model(), new CopyTask("decoder", 9, 12)), StringComparison.Ordinal);
        Assert.Contains("14 positions", Refused(Small.Model(), new CopyTask("decoder", 8, 14)), StringComparison.Ordinal);
        Assert.Contains("kind decoder", Refused(Small.Model(), new CopyTask("encoder-decoder", 8, 12)), StringComparison.Ordinal);
        Assert.Contains("kind encoder-decoder", Refused(Small.Model("encoder-decoder"), new CopyTask("decoder", 8, 12)), StringComparison.Ordinal);
    }

    private static string Refused(TransformerSettings model, ITrainingSource source) =>
        Assert.Throws<SettingsException>(() => new Trainer(Small.Init(model), source, Small.Training)).Message;

    private static double Distance(ReadOnlySpan<float> x, float[] y)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            sum += (x[i] - (double)y[i]) * (x[i] - (double)y[i]);
        }

        return sum;
    }

    /// <summary>Gives the same examples whatever it is asked.</summary>
    private sealed class FirstPartOnly(ITrainingSource inner) : ITrainingSource
    {
        public string Identity => inner.Identity;

        public int Vocabulary => inner.Vocabulary;

        public int Length => inner.Length;

        public int SourceLength => inner.SourceLength;

        public double? LeastLoss => inner.LeastLoss;

        public int ValidationExamples => inner.ValidationExamples;

        public void Fill(TokenBatch batch, RandomSource random) => inner.Fill(batch, new RandomSource(7));

        public void FillValidation(TokenBatch batch, int first) => inner.FillValidation(batch, first);
    }
}
