using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fukami.Tensors;

/// <summary>4 lanes, 128 bits.</summary>
internal readonly unsafe struct Lanes4(Vector128<float> v) : IVector<Lanes4>
{
    private readonly Vector128<float> v = v;

    public static int Count => 4;

    public Vector128<float> Vector => v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<Lanes4> LoadTurned(float* source, nint row)
    {
        var r0 = Vector128.Load(source);
        var r1 = Vector128.Load(source + row);
        var r2 = Vector128.Load(source + (2 * row));
        var r3 = Vector128.Load(source + (3 * row));
        var low02 = Packing.Interleave(r0, r2, upper: false);
        var high02 = Packing.Interleave(r0, r2, upper: true);
        var low13 = Packing.Interleave(r1, r3, upper: false);
        var high13 = Packing.Interleave(r1, r3, upper: true);
        return new(
            new(Packing.Interleave(low02, low13, upper: false)),
            new(Packing.Interleave(low02, low13, upper: true)),
            new(Packing.Interleave(high02, high13, upper: false)),
            new(Packing.Interleave(high02, high13, upper: true)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes4 vector, float* destination) => vector.v.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePastCaches(Lanes4 vector, float* destination) => vector.v.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Of(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 left, Lanes4 right) => new(left.v + right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 left, Lanes4 right) => new(left.v - right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 left, Lanes4 right) => new(left.v * right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator /(Lanes4 left, Lanes4 right) => new(left.v / right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 value) => new(-value.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 FusedMultiplyAdd(Lanes4 a, Lanes4 b, Lanes4 c) => new(Vector128.FusedMultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Max(Lanes4 a, Lanes4 b) => new(Vector128.ConditionalSelect(Vector128.GreaterThan(a.v, b.v), a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Min(Lanes4 a, Lanes4 b) => new(Vector128.ConditionalSelect(Vector128.LessThan(a.v, b.v), a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Abs(Lanes4 a) => new(Vector128.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Sqrt(Lanes4 a) => new(Vector128.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Round(Lanes4 a) => new(Vector128.Round(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 PowerOfTwo(Lanes4 n) => new(((Vector128.ConvertToInt32Native(n.v) + Vector128.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Exponent(Lanes4 a) => new(Vector128.ConvertToSingle(Vector128.ShiftRightLogical(a.v.AsInt32(), 23) - Vector128.Create(127)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Mantissa(Lanes4 a) => new(((a.v.AsInt32() & Vector128.Create(0x007FFFFF)) | Vector128.Create(0x3F800000)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 CopySign(Lanes4 a, Lanes4 b) => new(Vector128.ConditionalSelect(Vector128.Create(-0f), b.v, a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 SelectLess(Lanes4 a, Lanes4 b, Lanes4 x, Lanes4 y) => new(Vector128.ConditionalSelect(Vector128.LessThan(a.v, b.v), x.v, y.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 SelectNaN(Lanes4 a, Lanes4 x, Lanes4 y) => new(Vector128.ConditionalSelect(Vector128.Equals(a.v, a.v), y.v, x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldSum(Lanes4 a)
    {
        var pairs = a.v + Vector128.Shuffle(a.v, Vector128.Create(2, 3, 0, 1));
        return pairs.GetElement(0) + pairs.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldMax(Lanes4 a)
    {
        var pairs = Max(a, new Lanes4(Vector128.Shuffle(a.v, Vector128.Create(2, 3, 0, 1))));
        float first = pairs.v.GetElement(0);
        float second = pairs.v.GetElement(1);
        return first > second ? first : second;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 SelectFirst(int count, Lanes4 x, Lanes4 y) => new(Vector128.ConditionalSelect(Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle(), x.v, y.v));
}
