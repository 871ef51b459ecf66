using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>
/// Sixteen numbers as one, two or four vectors. Sums over a row keep sixteen partial sums, column j in sum j mod 16,
/// and add them by halves at the end; so the order of every sum is the same for every width.
/// </summary>
internal readonly unsafe struct Block<V>(V a, V b, V c, V d)
    where V : struct, IVector<V>
{
    public const int Count = 16;

    private readonly V a = a;
    private readonly V b = b;
    private readonly V c = c;
    private readonly V d = d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block<V> Of(float value) => Of(V.Of(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block<V> Of(V value) => new(value, value, value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block<V> Load(float* source) => V.Count switch
    {
        16 => new(V.Load(source), default, default, default),
        8 => new(V.Load(source), V.Load(source + 8), default, default),
        _ => new(V.Load(source), V.Load(source + 4), V.Load(source + 8), V.Load(source + 12)),
    };

    /// <summary>The first <paramref name="count"/> numbers; the others are <paramref name="filler"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Block<V> LoadPart(float* source, int count, float filler)
    {
        float* buffer = stackalloc float[Count];
        for (int i = 0; i < Count; i++)
        {
            buffer[i] = i < count ? source[i] : filler;
        }

        return Load(buffer);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination)
    {
        V.Store(a, destination);
        if (V.Count == 8)
        {
            V.Store(b, destination + 8);
        }
        else if (V.Count == 4)
        {
            V.Store(b, destination + 4);
            V.Store(c, destination + 8);
            V.Store(d, destination + 12);
        }
    }

    /// <summary>Stores the first <paramref name="count"/> numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void StorePart(float* destination, int count)
    {
        float* buffer = stackalloc float[Count];
        Store(buffer);
        for (int i = 0; i < count; i++)
        {
            destination[i] = buffer[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block<V> operator +(Block<V> x, Block<V> y) => V.Count switch
    {
        16 => new(x.a + y.a, default, default, default),
        8 => new(x.a + y.a, x.b + y.b, default, default),
        _ => new(x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block<V> operator -(Block<V> x, Block<V> y) => V.Count switch
    {
        16 => new(x.a - y.a, default, default, default),
        8 => new(x.a - y.a, x.b - y.b, default, default),
        _ => new(x.a - y.a, x.b - y.b, x.c - y.c, x.d - y.d),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block<V> operator *(Block<V> x, Block<V> y) => V.Count switch
    {
        16 => new(x.a * y.a, default, default, default),
        8 => new(x.a * y.a, x.b * y.b, default, default),
        _ => new(x.a * y.a, x.b * y.b, x.c * y.c, x.d * y.d),
    };

    /// <summary>x·y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block<V> FusedMultiplyAdd(Block<V> x, Block<V> y, Block<V> z) => V.Count switch
    {
        16 => new(V.FusedMultiplyAdd(x.a, y.a, z.a), default, default, default),
        8 => new(V.FusedMultiplyAdd(x.a, y.a, z.a), V.FusedMultiplyAdd(x.b, y.b, z.b), default, default),
        _ => new(V.FusedMultiplyAdd(x.a, y.a, z.a), V.FusedMultiplyAdd(x.b, y.b, z.b), V.FusedMultiplyAdd(x.c, y.c, z.c), V.FusedMultiplyAdd(x.d, y.d, z.d)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block<V> Max(Block<V> x, Block<V> y) => V.Count switch
    {
        16 => new(V.Max(x.a, y.a), default, default, default),
        8 => new(V.Max(x.a, y.a), V.Max(x.b, y.b), default, default),
        _ => new(V.Max(x.a, y.a), V.Max(x.b, y.b), V.Max(x.c, y.c), V.Max(x.d, y.d)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block<V> ExpOfNegative(Block<V> x) => V.Count switch
    {
        16 => new(Elementary.ExpOfNegative(x.a), default, default, default),
        8 => new(Elementary.ExpOfNegative(x.a), Elementary.ExpOfNegative(x.b), default, default),
        _ => new(Elementary.ExpOfNegative(x.a), Elementary.ExpOfNegative(x.b), Elementary.ExpOfNegative(x.c), Elementary.ExpOfNegative(x.d)),
    };

    /// <summary>The sum of the sixteen: lane i with lane i + 8, then i + 4, i + 2, i + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum()
    {
        var quarters = V.Count switch
        {
            16 => V.FoldSum(a),
            8 => V.FoldSum(a + b),
            _ => V.FoldSum((a + c) + (b + d)),
        };
        return quarters;
    }

    /// <summary>The largest of the sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Largest() => V.Count switch
    {
        16 => V.FoldMax(a),
        8 => V.FoldMax(V.Max(a, b)),
        _ => V.FoldMax(V.Max(V.Max(a, c), V.Max(b, d))),
    };
}
