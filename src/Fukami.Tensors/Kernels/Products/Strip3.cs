using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>Three vectors wide.</summary>
internal readonly unsafe struct Strip3<V>(V a, V b, V c) : IStrip<Strip3<V>>
    where V : struct, IVector<V>
{
    private readonly V a = a;
    private readonly V b = b;
    private readonly V c = c;

    public static int Vectors => 3;

    public static int Count => 3 * V.Count;

    public static Strip3<V> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(V.Of(0f), V.Of(0f), V.Of(0f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3<V> Load(float* source) => new(V.Load(source), V.Load(source + V.Count), V.Load(source + (2 * V.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Strip3<V> strip, float* destination, bool pastCaches)
    {
        if (pastCaches)
        {
            V.StorePastCaches(strip.a, destination);
            V.StorePastCaches(strip.b, destination + V.Count);
            V.StorePastCaches(strip.c, destination + (2 * V.Count));
            return;
        }

        V.Store(strip.a, destination);
        V.Store(strip.b, destination + V.Count);
        V.Store(strip.c, destination + (2 * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AskForLater(float* next)
    {
        Prefetching.AskForLater(next);
        Prefetching.AskForLater(next + Prefetching.FloatsOfLine);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* source)
    {
        Prefetching.Ask(source);
        Prefetching.Ask(source + V.Count);
        Prefetching.Ask(source + (2 * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3<V> Add(Strip3<V> x, Strip3<V> y) => new(x.a + y.a, x.b + y.b, x.c + y.c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3<V> FusedMultiplyAdd(float* x, Strip3<V> y, Strip3<V> z)
    {
        V v = V.Of(*x);
        return new(V.FusedMultiplyAdd(v, y.a, z.a), V.FusedMultiplyAdd(v, y.b, z.b), V.FusedMultiplyAdd(v, y.c, z.c));
    }
}
