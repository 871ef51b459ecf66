using System.Collections.Concurrent;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Standard normal draws by the name of the parameter that they are for, drawn once and kept: many models that begin from the same randomness
/// (deeper ones, other arrangements) are initialised from one of these several times faster than from the source itself, to the same bits.
/// It holds as many numbers as the largest model that asked. Thread-safe: models that begin at the same time share the drawing.
/// </summary>
/// <param name="random">Every parameter draws from this source split by the parameter's name.</param>
public sealed class InitialDraws(RandomSource random)
{
    private readonly ConcurrentDictionary<string, DrawsOfName> kept = new(StringComparer.Ordinal);
    private long count;

    /// <summary>How many numbers are held.</summary>
    public long Count => Volatile.Read(ref count);

    /// <summary>Draws 0, 1, 2, … of a parameter.</summary>
    internal ReadOnlySpan<float> Of(string name, int count)
    {
        DrawsOfName draws = kept.GetOrAdd(name, static _ => new DrawsOfName());
        lock (draws)
        {
            if (draws.Numbers.Length < count)
            {
                var drawn = new float[count];
                random.Split(name).FillNormal(drawn, 1);
                Interlocked.Add(ref this.count, count - draws.Numbers.Length);
                draws.Numbers = drawn;
            }

            return draws.Numbers.AsSpan(0, count);
        }
    }

    private sealed class DrawsOfName
    {
        public float[] Numbers { get; set; } = [];
    }
}
