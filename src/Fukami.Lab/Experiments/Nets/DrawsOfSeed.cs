using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The initial draws of one seed, and how many they are. Thread-safe.</summary>
/// <param name="seed">The seed.</param>
internal sealed class DrawsOfSeed(ulong seed)
{
    private readonly InitialDraws draws = new(new RandomSource(seed).Split("weights"));
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private long count;

    /// <summary>The seed.</summary>
    public ulong Seed => seed;

    /// <summary>At most so many numbers are held.</summary>
    public long Count => Volatile.Read(ref count);

    /// <summary>Gives a model its initial values.</summary>
    public void Initialize(Transformer model)
    {
        lock (gate)
        {
            model.Initialize(draws);
            foreach (Parameter parameter in model.Parameters)
            {
                int earlier = counts.GetValueOrDefault(parameter.Name), now = Math.Max(earlier, parameter.Values.Length);
                counts[parameter.Name] = now;
                count += now - earlier;
            }
        }
    }
}
