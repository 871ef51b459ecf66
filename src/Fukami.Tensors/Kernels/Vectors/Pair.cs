using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>Two vectors as one of twice the lanes: sixteen lanes of narrower vectors, so that sums over a row go the same way on every machine.</summary>
internal readonly unsafe struct Pair<V>(V low, V high) : IVector<Pair<V>>
    where V : struct, IVector<V>
{
    private readonly V low = low;
    private readonly V high = high;

    public static int Count => 2 * V.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Load(float* source) => new(V.Load(source), V.Load(source + V.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<Pair<V>> LoadTurned(float* source, nint row)
    {
        Four<V> front = V.LoadTurned(source, row), back = V.LoadTurned(source + (V.Count * row), row);
        return new(new(front.A, back.A), new(front.B, back.B), new(front.C, back.C), new(front.D, back.D));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair<V> vector, float* destination)
    {
        V.Store(vector.low, destination);
        V.Store(vector.high, destination + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePastCaches(Pair<V> vector, float* destination)
    {
        V.StorePastCaches(vector.low, destination);
        V.StorePastCaches(vector.high, destination + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Of(float value) => new(V.Of(value), V.Of(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator +(Pair<V> left, Pair<V> right) => new(left.low + right.low, left.high + right.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator -(Pair<V> left, Pair<V> right) => new(left.low - right.low, left.high - right.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator *(Pair<V> left, Pair<V> right) => new(left.low * right.low, left.high * right.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator /(Pair<V> left, Pair<V> right) => new(left.low / right.low, left.high / right.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator -(Pair<V> value) => new(-value.low, -value.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> FusedMultiplyAdd(Pair<V> a, Pair<V> b, Pair<V> c) => new(V.FusedMultiplyAdd(a.low, b.low, c.low), V.FusedMultiplyAdd(a.high, b.high, c.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Max(Pair<V> a, Pair<V> b) => new(V.Max(a.low, b.low), V.Max(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Min(Pair<V> a, Pair<V> b) => new(V.Min(a.low, b.low), V.Min(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Abs(Pair<V> a) => new(V.Abs(a.low), V.Abs(a.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Sqrt(Pair<V> a) => new(V.Sqrt(a.low), V.Sqrt(a.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Round(Pair<V> a) => new(V.Round(a.low), V.Round(a.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> PowerOfTwo(Pair<V> n) => new(V.PowerOfTwo(n.low), V.PowerOfTwo(n.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Exponent(Pair<V> a) => new(V.Exponent(a.low), V.Exponent(a.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Mantissa(Pair<V> a) => new(V.Mantissa(a.low), V.Mantissa(a.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> CopySign(Pair<V> a, Pair<V> b) => new(V.CopySign(a.low, b.low), V.CopySign(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> SelectLess(Pair<V> a, Pair<V> b, Pair<V> x, Pair<V> y) => new(V.SelectLess(a.low, b.low, x.low, y.low), V.SelectLess(a.high, b.high, x.high, y.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> SelectNaN(Pair<V> a, Pair<V> x, Pair<V> y) => new(V.SelectNaN(a.low, x.low, y.low), V.SelectNaN(a.high, x.high, y.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldSum(Pair<V> a) => V.FoldSum(a.low + a.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldMax(Pair<V> a) => V.FoldMax(V.Max(a.low, a.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> SelectFirst(int count, Pair<V> x, Pair<V> y) => new(V.SelectFirst(count, x.low, y.low), V.SelectFirst(count - V.Count, x.high, y.high));
}
