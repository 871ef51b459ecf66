using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class ResumptionTests : IDisposable
{
    private static readonly TrainingSettings Settings = Small.Training with { Steps = 14, SaveEvery = 4, EvaluateEvery = 3 };
    private readonly TestFolder folder = new();

    private string Run => folder.File("run");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("adamw", 1, "layer")]
    [InlineData("adamw", 3, "batch")]
    [InlineData("sgd", 2, "power")]
    public void An_interrupted_training_ends_with_the_bits_of_one_that_was_not(string optimizer, int accumulation, string norm)
    {
        TrainingSettings settings = Settings with { Optimizer = optimizer, Accumulation = accumulation };
        TransformerSettings model = Small.Model() with { Dropout = 0.1f, Norm = norm };
        Trainer whole = Small.Trainer(settings: settings, model: model);
        TrainingOutcome expected = whole.Run();

        // interrupted twice: before an evaluation that is due, and anywhere
        Stop(Small.Trainer(TrainingFolder.Create(Run), settings, model), 6);
        Stop(Trainer.Resume(TrainingCheckpoint.Open(Run), Small.Copy(), team: new ThreadTeam(1)), 11);
        Trainer last = Trainer.Resume(TrainingCheckpoint.Open(Run), Small.Copy(), team: new ThreadTeam(1));
        TrainingOutcome outcome = last.Run();

        Assert.Equal(Small.Bits(whole.Model), Small.Bits(last.Model));
        Assert.Equal((expected.ValidationLoss, expected.BestValidationLoss, expected.Loss), (outcome.ValidationLoss, outcome.BestValidationLoss, outcome.Loss));
        Assert.Equal(["config.json", "model.safetensors", "optimizer-14.safetensors", "training-14.json"], Directory.EnumerateFiles(Run).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Small.Bits(whole.Model), Small.Bits(ModelFolder.Open(Run).Model));
    }

    [Fact]
    public void A_kill_at_any_moment_of_a_save_leaves_a_complete_state()
    {
        // every state in which the folder is between two saves: the files as they stand after each single step of the second
        Stop(Small.Trainer(TrainingFolder.Create(Run), Settings with { SaveEvery = 0 }), 4);
        string next = folder.File("next");
        Stop(Small.Trainer(TrainingFolder.Create(next), Settings with { SaveEvery = 0 }), 8);
        (string From, string To)[] moves =
        [
            ("optimizer-8.safetensors", ".optimizer-8.safetensors.tmp"),
            ("optimizer-8.safetensors", "optimizer-8.safetensors"),
            ("training-8.json", ".training-8.json.tmp"),
            ("training-8.json", "training-8.json"),
            ("model.safetensors", ".model.safetensors.tmp"),
            ("model.safetensors", "model.safetensors"),
        ];
        foreach ((string from, string to) in moves)
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(next, from));
            File.WriteAllBytes(Path.Combine(Run, to), to.EndsWith("tmp", StringComparison.Ordinal) ? bytes[..(bytes.Length / 2)] : bytes);
            TrainingCheckpoint checkpoint = TrainingCheckpoint.Open(Run);
            Assert.Equal(to == "model.safetensors" ? 8 : 4, checkpoint.State.Step);
            Assert.Equal(Small.Bits(ModelFolder.Open(to == "model.safetensors" ? next : Run).Model), Small.Bits(checkpoint.Model));
            Trainer.Resume(checkpoint, Small.Copy(), team: new ThreadTeam(1));
        }

        // and the next save clears all leftovers
        Trainer.Resume(TrainingCheckpoint.Open(Run), Small.Copy(), team: new ThreadTeam(1)).Run();
        Assert.Equal(["config.json", "model.safetensors", "optimizer-14.safetensors", "training-14.json"], Directory.EnumerateFiles(Run).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cancelling_stops_after_the_step_and_saves()
    {
        TrainingOutcome outcome = Stop(Small.Trainer(TrainingFolder.Create(Run), Settings), 6);
        Assert.True(outcome.Cancelled);
        Assert.Equal(6, outcome.Steps);
        Assert.Equal(6, TrainingCheckpoint.Open(Run).State.Step);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Equal(6, Trainer.Resume(TrainingCheckpoint.Open(Run), Small.Copy(), team: new ThreadTeam(1)).Run(cancellation: cancelled.Token).Steps);
    }

    [Fact]
    public void More_steps_can_be_asked_for_when_resuming()
    {
        Small.Trainer(TrainingFolder.Create(Run), Settings).Run();
        TrainingCheckpoint checkpoint = TrainingCheckpoint.Open(Run);
        Trainer more = Trainer.Resume(checkpoint, Small.Copy(), checkpoint.State.Settings with { Steps = 16 }, new ThreadTeam(1));
        Assert.Equal(16, more.Run().Steps);
        Assert.Equal(0, Trainer.Resume(TrainingCheckpoint.Open(Run), Small.Copy(), team: new ThreadTeam(1)).Run().Elapsed.Days);
        Assert.Equal(16, TrainingCheckpoint.Open(Run).State.Settings.Steps);
    }

    [Fact]
    public void What_does_not_belong_to_the_state_is_refused()
    {
        Stop(Small.Trainer(TrainingFolder.Create(Run), Settings), 3);
        var other = Assert.Throws<TrainingException>(() => Trainer.Resume(TrainingCheckpoint.Open(Run), new SortTask("decoder", 8, 12)));
        Assert.Contains("task copy", other.Message, StringComparison.Ordinal);
        Assert.Contains("task sort", other.Message, StringComparison.Ordinal);
        Assert.Contains("sgd.", Assert.Throws<CheckpointException>(() => Trainer.Resume(TrainingCheckpoint.Open(Run), Small.Copy(), Settings with { Optimizer = "sgd" })).Message, StringComparison.Ordinal);
        Assert.Contains("already holds", Assert.Throws<TrainingException>(() => TrainingFolder.Create(Run)).Message, StringComparison.Ordinal);

        File.Delete(Path.Combine(Run, "optimizer-3.safetensors"));
        Assert.Contains("optimizer-3", Assert.Throws<CheckpointException>(() => Trainer.Resume(TrainingCheckpoint.Open(Run), Small.Copy(), team: new ThreadTeam(1))).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(Run, "training-3.json"));
        Assert.Contains("training-3", Assert.Throws<CheckpointException>(() => TrainingCheckpoint.Open(Run)).Message, StringComparison.Ordinal);
        ModelFolder.Save(Run, Small.Init(Small.Model()), null);
        Assert.Contains("no training", Assert.Throws<CheckpointException>(() => TrainingCheckpoint.Open(Run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_damaged_state_file_does_more_than_be_refused()
    {
        Stop(Small.Trainer(TrainingFolder.Create(Run), Settings), 3);
        string path = Path.Combine(Run, "training-3.json");
        byte[] valid = File.ReadAllBytes(path);
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            File.WriteAllBytes(path, Mutations.Of(valid, random));
            try
            {
                TrainingState.Read(path, 3);
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 1999);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_the_first_step()
    {
        string file = folder.Write("file", "not a folder");
        Trainer trainer = Small.Trainer(TrainingFolder.Create(Path.Combine(file, "run")));
        Assert.Contains("cannot be saved", Assert.Throws<TrainingException>(() => trainer.Run()).Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Steps);
    }

    [Fact]
    public void A_disk_that_fills_up_leaves_the_last_state()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Skip("needs /dev/full");
        }

        Trainer trainer = Small.Trainer(TrainingFolder.Create(Run), Settings);

        // the temporary file of the next save becomes a device that is always full
        var exception = Assert.Throws<TrainingException>(() => trainer.Run(progress =>
        {
            if (progress.Last.Step == 1)
            {
                File.CreateSymbolicLink(Path.Combine(Run, ".optimizer-4.safetensors.tmp"), "/dev/full");
            }
        }));
        Assert.Contains("the state after step 0 is still there", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, TrainingCheckpoint.Open(Run).State.Step);
    }

    private static TrainingOutcome Stop(Trainer trainer, long step)
    {
        using var source = new CancellationTokenSource();
        return trainer.Run(progress =>
        {
            if (progress.Last.Step == step)
            {
                source.Cancel();
            }
        }, source.Token);
    }
}
