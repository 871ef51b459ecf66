using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>Two vectors wide.</summary>
internal readonly unsafe struct Strip2<V>(V a, V b) : IStrip<Strip2<V>>
    where V : struct, IVector<V>
{
    private readonly V a = a;
    private readonly V b = b;

    public static int Vectors => 2;

    public static int Count => 2 * V.Count;

    public static Strip2<V> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(V.Of(0f), V.Of(0f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip2<V> Load(float* source) => new(V.Load(source), V.Load(source + V.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Strip2<V> strip, float* destination, bool pastCaches)
    {
        if (pastCaches)
        {
            V.StorePastCaches(strip.a, destination);
            V.StorePastCaches(strip.b, destination + V.Count);
            return;
        }

        V.Store(strip.a, destination);
        V.Store(strip.b, destination + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AskForLater(float* next)
    {
        Prefetching.AskForLater(next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* source)
    {
        Prefetching.Ask(source);
        Prefetching.Ask(source + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip2<V> Add(Strip2<V> x, Strip2<V> y) => new(x.a + y.a, x.b + y.b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip2<V> FusedMultiplyAdd(float* x, Strip2<V> y, Strip2<V> z)
    {
        V v = V.Of(*x);
        return new(V.FusedMultiplyAdd(v, y.a, z.a), V.FusedMultiplyAdd(v, y.b, z.b));
    }
}
