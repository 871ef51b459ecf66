using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>
/// A counter-based random generator (Philox 4×32 with 10 rounds, Salmon et al. 2011): draw number i is a pure function of the key and of i,
/// so it does not matter who draws, in which order or on which thread. A value; splitting gives independent sources.
/// </summary>
public readonly record struct RandomSource
{
    private readonly ulong key;

    /// <summary>The source of a seed.</summary>
    public RandomSource(ulong seed) => key = seed;

    /// <summary>An independent source for a part with this number.</summary>
    public RandomSource Split(ulong part)
    {
        // The second half of the counter is 1 for keys and 0 for draws: no key is ever somebody's draw.
        var (a, b, _, _) = Philox(key, part, 1);
        return new RandomSource(((ulong)b << 32) | a);
    }

    /// <summary>An independent source for a part with this name.</summary>
    public RandomSource Split(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        ulong hash = 14695981039346656037; // FNV-1a over UTF-16
        foreach (char c in part)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        var (a, b, _, _) = Philox(key, hash, 2);
        return new RandomSource(((ulong)b << 32) | a);
    }

    /// <summary>32 random bits, draw number <paramref name="index"/>.</summary>
    public uint Bits(ulong index)
    {
        var (a, b, c, d) = Philox(key, index >> 2, 0);
        return (index & 3) switch { 0 => a, 1 => b, 2 => c, _ => d };
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻²⁴.</summary>
    public float Uniform(ulong index) => (Bits(index) >> 8) * (1f / 16777216f);

    /// <summary>Standard normal, by the inverse of the distribution function (Wichura 1988, AS 241), to about 24 bits.</summary>
    public float Normal(ulong index) => (float)NormalQuantile.Of((Bits(index) + 0.5) * (1.0 / 4294967296.0));

    /// <summary>A whole number in [0, bound). The bias of the multiplication is under bound·2⁻³².</summary>
    public int Below(ulong index, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)(((ulong)Bits(index) * (uint)bound) >> 32);
    }

    /// <summary>Normal draws 0, 1, 2, … times a standard deviation.</summary>
    public void FillNormal(Span<float> destination, float deviation)
    {
        for (int i = 0; i < destination.Length; i += 4)
        {
            var (a, b, c, d) = Philox(key, (ulong)i >> 2, 0);
            destination[i] = deviation * Quantile(a);
            if (i + 1 < destination.Length)
            {
                destination[i + 1] = deviation * Quantile(b);
            }

            if (i + 2 < destination.Length)
            {
                destination[i + 2] = deviation * Quantile(c);
            }

            if (i + 3 < destination.Length)
            {
                destination[i + 3] = deviation * Quantile(d);
            }
        }

        static float Quantile(uint bits) => (float)NormalQuantile.Of((bits + 0.5) * (1.0 / 4294967296.0));
    }

    /// <summary>Uniform draws 0, 1, 2, … in [low, high).</summary>
    public void FillUniform(Span<float> destination, float low, float high)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = low + ((high - low) * Uniform((ulong)i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (uint A, uint B, uint C, uint D) Philox(ulong key, ulong counter, ulong purpose)
    {
        const uint FirstMultiplier = 0xD2511F53;
        const uint SecondMultiplier = 0xCD9E8D57;
        const uint FirstWeyl = 0x9E3779B9;
        const uint SecondWeyl = 0xBB67AE85;
        uint a = (uint)counter;
        uint b = (uint)(counter >> 32);
        uint c = (uint)purpose;
        uint d = (uint)(purpose >> 32);
        uint k = (uint)key;
        uint l = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong first = (ulong)FirstMultiplier * a;
            ulong second = (ulong)SecondMultiplier * c;
            (a, b, c, d) = ((uint)(second >> 32) ^ b ^ k, (uint)second, (uint)(first >> 32) ^ d ^ l, (uint)first);
            k += FirstWeyl;
            l += SecondWeyl;
        }

        return (a, b, c, d);
    }
}
