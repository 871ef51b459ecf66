using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fukami.Tensors;

/// <summary>8 lanes, 256 bits.</summary>
internal readonly unsafe struct Lanes8(Vector256<float> v) : IVector<Lanes8>
{
    private readonly Vector256<float> v = v;

    public static int Count => 8;

    public Vector256<float> Vector => v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<Lanes8> LoadTurned(float* source, nint row)
    {
        // Half h of each vector is row 4h + r; four columns of it are then turned within the halves.
        nint far = 4 * row;
        var r0 = Halves(source, far);
        var r1 = Halves(source + row, far);
        var r2 = Halves(source + (2 * row), far);
        var r3 = Halves(source + (3 * row), far);
        var low01 = Avx.UnpackLow(r0, r1).AsDouble();
        var high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        var low23 = Avx.UnpackLow(r2, r3).AsDouble();
        var high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        return new(
            new(Avx.UnpackLow(low01, low23).AsSingle()),
            new(Avx.UnpackHigh(low01, low23).AsSingle()),
            new(Avx.UnpackLow(high01, high23).AsSingle()),
            new(Avx.UnpackHigh(high01, high23).AsSingle()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes8 vector, float* destination) => vector.v.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePastCaches(Lanes8 vector, float* destination) => vector.v.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Of(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 left, Lanes8 right) => new(left.v + right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 left, Lanes8 right) => new(left.v - right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 left, Lanes8 right) => new(left.v * right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator /(Lanes8 left, Lanes8 right) => new(left.v / right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 value) => new(-value.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 FusedMultiplyAdd(Lanes8 a, Lanes8 b, Lanes8 c) => new(Vector256.FusedMultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Max(Lanes8 a, Lanes8 b) => new(Vector256.ConditionalSelect(Vector256.GreaterThan(a.v, b.v), a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Min(Lanes8 a, Lanes8 b) => new(Vector256.ConditionalSelect(Vector256.LessThan(a.v, b.v), a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Abs(Lanes8 a) => new(Vector256.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Sqrt(Lanes8 a) => new(Vector256.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Round(Lanes8 a) => new(Vector256.Round(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 PowerOfTwo(Lanes8 n) => new(((Vector256.ConvertToInt32Native(n.v) + Vector256.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Exponent(Lanes8 a) => new(Vector256.ConvertToSingle(Vector256.ShiftRightLogical(a.v.AsInt32(), 23) - Vector256.Create(127)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Mantissa(Lanes8 a) => new(((a.v.AsInt32() & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F800000)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 CopySign(Lanes8 a, Lanes8 b) => new(Vector256.ConditionalSelect(Vector256.Create(-0f), b.v, a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 SelectLess(Lanes8 a, Lanes8 b, Lanes8 x, Lanes8 y) => new(Vector256.ConditionalSelect(Vector256.LessThan(a.v, b.v), x.v, y.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 SelectNaN(Lanes8 a, Lanes8 x, Lanes8 y) => new(Vector256.ConditionalSelect(Vector256.Equals(a.v, a.v), y.v, x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldSum(Lanes8 a) => Lanes4.FoldSum(new Lanes4(a.v.GetLower() + a.v.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldMax(Lanes8 a) => Lanes4.FoldMax(Lanes4.Max(new Lanes4(a.v.GetLower()), new Lanes4(a.v.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 SelectFirst(int count, Lanes8 x, Lanes8 y) => new(Vector256.ConditionalSelect(Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(), x.v, y.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* source, nint far) =>
        Avx.InsertVector128(Vector128.Load(source).ToVector256Unsafe(), Vector128.Load(source + far), 1);
}
