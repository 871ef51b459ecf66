using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The initial draws of each seed, made once for all threads, and for later runs where there is a memory. Thread-safe.</summary>
/// <param name="firstSeed">The seed of number 0.</param>
/// <param name="memory">Keeps the draws for later runs.</param>
internal sealed class SeedDraws(long firstSeed, ExperimentMemory? memory = null)
{
    private readonly Dictionary<int, InitialDraws> draws = [];
    private readonly Lock gate = new();

    /// <summary>The randomness of a seed.</summary>
    public RandomSource Random(int seed) => new(Number(seed));

    /// <summary>The number that the seed stands for.</summary>
    public ulong Number(int seed) => (ulong)(firstSeed + seed);

    /// <summary>Gives a model the initial values of a seed.</summary>
    public void Initialize(Transformer model, int seed)
    {
        InitialDraws? found;
        lock (gate)
        {
            if (!draws.TryGetValue(seed, out found))
            {
                // jobs come seed by seed, so those of the seeds before the last are done
                draws.Remove(seed - 2);
                found = memory?.DrawsOf(Number(seed)) ?? New(Number(seed));
                draws.Add(seed, found);
            }
        }

        model.Initialize(found);
        memory?.Keep(Number(seed), found);
    }

    /// <summary>The initial draws of a seed's number, none of them made.</summary>
    internal static InitialDraws New(ulong number) => new(new RandomSource(number).Split("weights"));
}
