namespace Fukami.Lab.Tests;

/// <summary>Several callers, each with a run of its own at the same time.</summary>
public sealed class ConcurrentRunTests
{
    public static TheoryData<string[]> Fours { get; } = [.. ExperimentCatalog.All.Select(e => e.Id).Chunk(4)];

    [Theory]
    [MemberData(nameof(Fours))]
    public void Four_experiments_at_once_have_the_bits_that_each_has_alone(string[] ids)
    {
        string[] alone = [.. ids.Select(id => Run(id, null))];
        Assert.Equal(alone, AtOnce([.. ids.Select(id => (Func<string>)(() => Run(id, null)))]));
    }

    [Fact]
    public void Runs_at_once_that_share_a_memory_have_the_bits_that_each_has_alone()
    {
        string[] changes = ["depth=3", "depth=4", "depth=3", "width=32"];
        string[] alone = [.. changes.Select(change => Run("gradient-flow", null, change))];
        var memory = new ExperimentMemory();
        Assert.Equal(alone, AtOnce([.. changes.Select(change => (Func<string>)(() => Run("gradient-flow", memory, change)))]));
    }

    private static string Run(string id, ExperimentMemory? memory, params string[] changes)
    {
        (Experiment experiment, SettingValues settings) = SmallRuns.Of(id);
        return (memory is null ? experiment.Run(settings.With(changes)) : experiment.Run(settings.With(changes), memory)).Fingerprint;
    }

    // each on a thread of its own, all begun at the same moment
    private static string[] AtOnce(Func<string>[] runs)
    {
        var results = new string[runs.Length];
        using var start = new Barrier(runs.Length);
        Thread[] threads = [.. runs.Select((run, i) => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                results[i] = run();
            }
            catch (Exception e)
            {
                results[i] = e.ToString();
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        return results;
    }
}
