namespace Fukami.Lab.Tests;

/// <summary>Every experiment at settings at which a run takes a moment and still has several trials of several seeds.</summary>
internal static class SmallRuns
{
    private static readonly string[] Net = ["width=16", "heads=2", "length=8", "vocabulary=16", "seeds=2"];

    /// <summary>The settings by experiment.</summary>
    private static readonly Dictionary<string, string[]> Changes = new(StringComparer.Ordinal)
    {
        ["gradient-flow"] = [.. Net, "depth=3", "depths=1,2,4"],
        ["signal-growth"] = [.. Net, "depth=3", "depths=1,4"],
        ["identity"] = ["width=16", "batch=32", "steps=60", "blocks=2,6", "trained=2", "extra=2", "seeds=2"],
        ["token-memory"] = [.. Net, "depth=2", "batch=12"],
        ["depth-training"] = [.. Net, "steps=12", "depths=1,2", "cost_depth=2", "residual=none,post,pre"],
        ["batch-size"] = [.. Net, "batches=1,2,16", "compare=16", "draws=16", "steps=10"],
        ["sequence-length"] = [.. Net, "padded=12,32", "neighbours=1,3", "lengths=4,16", "texts=2", "depth=1"],
        ["train-inference-gap"] = [.. Net, "batches=1,4", "batch=4", "steps=5", "settle=2"],
        ["learning-rate"] = [.. Net, "steps=10", "warm_up=5", "depth=1", "lowest_rate=0.01", "highest_rate=0.04"],
        ["placement"] = [.. Net, "depth=2", "depths=2,4", "steps=3", "warm_up=2", "batch=4"],
        ["synergy"] = [.. Net, "depths=1,2", "steps=5"],
        ["rnn-depth"] = [.. Net, "depth=3", "batch=2"],
        ["ablation"] = [.. Net, "depths=1", "steps=5"],
        ["anatomy"] = ["seeds=2"],
        ["memory-and-speed"] = ["width=16", "heads=2", "depth=2", "vocabulary=50", "batches=1,3", "lengths=8,24", "seeds=2"],
        ["attention-by-hand"] = ["widths=4,64", "draws=200", "seeds=3"],
    };

    /// <summary>The id of every experiment.</summary>
    public static TheoryData<string> Ids { get; } = [.. ExperimentCatalog.All.Select(e => e.Id)];

    /// <summary>An experiment and its small settings.</summary>
    public static (Experiment Experiment, SettingValues Settings) Of(string id)
    {
        Experiment experiment = ExperimentCatalog.Find(id)!;
        return (experiment, experiment.Defaults.With(Changes[id]));
    }
}
