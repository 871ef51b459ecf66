using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>One vector wide.</summary>
internal readonly unsafe struct Strip1<V>(V a) : IStrip<Strip1<V>>
    where V : struct, IVector<V>
{
    private readonly V a = a;

    public static int Vectors => 1;

    public static int Count => V.Count;

    public static Strip1<V> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(V.Of(0f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip1<V> Load(float* source) => new(V.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Strip1<V> strip, float* destination, bool pastCaches)
    {
        if (pastCaches)
        {
            V.StorePastCaches(strip.a, destination);
            return;
        }

        V.Store(strip.a, destination);
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip1<V> Add(Strip1<V> x, Strip1<V> y) => new(x.a + y.a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip1<V> FusedMultiplyAdd(float* x, Strip1<V> y, Strip1<V> z)
    {
        V v = V.Of(*x);
        return new(V.FusedMultiplyAdd(v, y.a, z.a));
    }
}
