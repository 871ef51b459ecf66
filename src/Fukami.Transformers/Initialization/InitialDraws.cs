using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Standard normal draws by the name of the parameter that they are for, drawn once and kept: many models that begin from the same randomness
/// (deeper ones, other arrangements) are initialised from one of these several times faster than from the source itself, to the same bits.
/// It holds as many numbers as the largest model that asked. Not thread-safe.
/// </summary>
/// <param name="random">Every parameter draws from this source split by the parameter's name.</param>
public sealed class InitialDraws(RandomSource random)
{
    private readonly Dictionary<string, float[]> kept = new(StringComparer.Ordinal);

    /// <summary>Draws 0, 1, 2, … of a parameter.</summary>
    internal ReadOnlySpan<float> Of(string name, int count)
    {
        if (!kept.TryGetValue(name, out float[]? draws) || draws.Length < count)
        {
            draws = new float[count];
            random.Split(name).FillNormal(draws, 1);
            kept[name] = draws;
        }

        return draws.AsSpan(0, count);
    }
}
