using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>A single number: the tail of a row goes through the same kernel.</summary>
internal readonly unsafe struct Lane1(float v) : IVector<Lane1>
{
    private readonly float v = v;

    public static int Count => 1;

    public float Number => v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Load(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<Lane1> LoadTurned(float* source, nint row) => new(Load(source), Load(source + 1), Load(source + 2), Load(source + 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane1 vector, float* destination) => *destination = vector.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePastCaches(Lane1 vector, float* destination) => *destination = vector.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Of(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator +(Lane1 left, Lane1 right) => new(left.v + right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator -(Lane1 left, Lane1 right) => new(left.v - right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator *(Lane1 left, Lane1 right) => new(left.v * right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator /(Lane1 left, Lane1 right) => new(left.v / right.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator -(Lane1 value) => new(-value.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 FusedMultiplyAdd(Lane1 a, Lane1 b, Lane1 c) => new(MathF.FusedMultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Max(Lane1 a, Lane1 b) => new(a.v > b.v ? a.v : b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Min(Lane1 a, Lane1 b) => new(a.v < b.v ? a.v : b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Abs(Lane1 a) => new(MathF.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Sqrt(Lane1 a) => new(MathF.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Round(Lane1 a) => new(MathF.Round(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 PowerOfTwo(Lane1 n) => new(BitConverter.Int32BitsToSingle(((int)n.v + 127) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Exponent(Lane1 a) => new((BitConverter.SingleToInt32Bits(a.v) >>> 23) - 127);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Mantissa(Lane1 a) => new(BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(a.v) & 0x007FFFFF) | 0x3F800000));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 CopySign(Lane1 a, Lane1 b) => new(MathF.CopySign(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 SelectLess(Lane1 a, Lane1 b, Lane1 x, Lane1 y) => a.v < b.v ? x : y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 SelectNaN(Lane1 a, Lane1 x, Lane1 y) => float.IsNaN(a.v) ? x : y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldSum(Lane1 a) => a.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldMax(Lane1 a) => a.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 SelectFirst(int count, Lane1 x, Lane1 y) => count > 0 ? x : y;
}
