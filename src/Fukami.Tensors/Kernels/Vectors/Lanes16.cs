using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fukami.Tensors;

/// <summary>16 lanes, 512 bits.</summary>
internal readonly unsafe struct Lanes16(Vector512<float> v) : IVector<Lanes16>
{
    private readonly Vector512<float> v = v;

    public static int Count => 16;

    public Vector512<float> Vector => v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<Lanes16> LoadTurned(float* source, nint row)
    {
        // Quarter q of each vector is row 4q + r; four columns of it are then turned within the quarters.
        nint far = 4 * row;
        var r0 = Quarters(source, far);
        var r1 = Quarters(source + row, far);
        var r2 = Quarters(source + (2 * row), far);
        var r3 = Quarters(source + (3 * row), far);
        var low01 = Avx512F.UnpackLow(r0, r1).AsDouble();
        var high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        var low23 = Avx512F.UnpackLow(r2, r3).AsDouble();
        var high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        return new(
            new(Avx512F.UnpackLow(low01, low23).AsSingle()),
            new(Avx512F.UnpackHigh(low01, low23).AsSingle()),
            new(Avx512F.UnpackLow(high01, high23).AsSingle()),
            new(Avx512F.UnpackHigh(high01, high23).AsSingle()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes16 vector, float* destination) => vector.v.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePastCaches(Lanes16 vector, float* destination) => vector.v.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Of(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator +(Lanes16 left, Lanes16 right) => new(left.v + right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator -(Lanes16 left, Lanes16 right) => new(left.v - right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator *(Lanes16 left, Lanes16 right) => new(left.v * right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator /(Lanes16 left, Lanes16 right) => new(left.v / right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator -(Lanes16 value) => new(-value.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 FusedMultiplyAdd(Lanes16 a, Lanes16 b, Lanes16 c) => new(Vector512.FusedMultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Max(Lanes16 a, Lanes16 b) => new(Vector512.ConditionalSelect(Vector512.GreaterThan(a.v, b.v), a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Min(Lanes16 a, Lanes16 b) => new(Vector512.ConditionalSelect(Vector512.LessThan(a.v, b.v), a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Abs(Lanes16 a) => new(Vector512.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Sqrt(Lanes16 a) => new(Vector512.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Round(Lanes16 a) => new(Vector512.Round(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 PowerOfTwo(Lanes16 n) => new(((Vector512.ConvertToInt32Native(n.v) + Vector512.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Exponent(Lanes16 a) => new(Vector512.ConvertToSingle(Vector512.ShiftRightLogical(a.v.AsInt32(), 23) - Vector512.Create(127)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Mantissa(Lanes16 a) => new(((a.v.AsInt32() & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F800000)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 CopySign(Lanes16 a, Lanes16 b) => new(Vector512.ConditionalSelect(Vector512.Create(-0f), b.v, a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 SelectLess(Lanes16 a, Lanes16 b, Lanes16 x, Lanes16 y) => new(Vector512.ConditionalSelect(Vector512.LessThan(a.v, b.v), x.v, y.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 SelectNaN(Lanes16 a, Lanes16 x, Lanes16 y) => new(Vector512.ConditionalSelect(Vector512.Equals(a.v, a.v), y.v, x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldSum(Lanes16 a) => Lanes8.FoldSum(new Lanes8(a.v.GetLower() + a.v.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldMax(Lanes16 a) => Lanes8.FoldMax(Lanes8.Max(new Lanes8(a.v.GetLower()), new Lanes8(a.v.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 SelectFirst(int count, Lanes16 x, Lanes16 y) => new(Vector512.ConditionalSelect(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle(), x.v, y.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* source, nint far)
    {
        var rows = Vector128.Load(source).ToVector256Unsafe().ToVector512Unsafe();
        rows = Avx512F.InsertVector128(rows, Vector128.Load(source + far), 1);
        rows = Avx512F.InsertVector128(rows, Vector128.Load(source + (2 * far)), 2);
        return Avx512F.InsertVector128(rows, Vector128.Load(source + (3 * far)), 3);
    }
}
