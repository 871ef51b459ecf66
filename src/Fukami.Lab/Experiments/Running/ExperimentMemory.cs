using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// What runs leave for later ones, for whoever changes one setting after the other: the findings of trials that a change does not touch, initial draws, and
/// the memory that they worked in.
/// A finding is used again only where all that determines it is the same, so a report has the same bits as without; it says in <see cref="Report.Remembered"/>
/// that it was not measured anew. Whoever repeats or times a measurement passes none. What it holds is bounded. Thread-safe; one serves any number of runs at once.
/// </summary>
public sealed class ExperimentMemory
{
    private const long MostFindings = 4096;

    private const long MostDraws = 32_000_000; // numbers: 128 MB

    private readonly RecentlyUsed<object, object> findings = new(MostFindings);
    private readonly RecentlyUsed<ulong, InitialDraws> draws = new(MostDraws);

    /// <summary>What threads of earlier runs worked with.</summary>
    internal Workbenches Benches { get; } = new();

    /// <summary>What a trial of this key has found earlier, or null.</summary>
    internal T? Find<T>(object? key)
        where T : class => key is null ? null : findings.Find((typeof(T), key)) as T;

    /// <summary>Keeps what a trial has found.</summary>
    internal void Keep<T>(object? key, T finding)
        where T : class
    {
        if (key is not null)
        {
            findings.Keep((typeof(T), key), finding, 1);
        }
    }

    /// <summary>The draws of a seed.</summary>
    internal InitialDraws DrawsOf(ulong seed) => draws.FindOrAdd(seed, () => SeedDraws.New(seed));

    /// <summary>Keeps draws, of which there may be more than before.</summary>
    internal void Keep(ulong seed, InitialDraws ofSeed) => draws.Keep(seed, ofSeed, ofSeed.Count);
}
