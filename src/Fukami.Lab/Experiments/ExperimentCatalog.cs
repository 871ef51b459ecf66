namespace Fukami.Lab;

/// <summary>All experiments. A new one is added here, in one line.</summary>
public static class ExperimentCatalog
{
    /// <summary>All experiments, in the order of the lesson.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [
        new GradientFlow(),
        new SignalGrowth(),
        new Identity(),
        new TokenMemory(),
        new DepthTraining(),
        new BatchSize(),
        new SequenceLength(),
        new TrainInferenceGap(),
        new LearningRate(),
        new Placement(),
        new Synergy(),
        new RnnDepth(),
        new Ablation(),
        new Anatomy(),
        new MemoryAndSpeed(),
        new AttentionByHand(),
    ];

    /// <summary>The experiment of this id, or null.</summary>
    public static Experiment? Find(string id) => All.FirstOrDefault(e => string.Equals(e.Id, id, StringComparison.Ordinal));
}
