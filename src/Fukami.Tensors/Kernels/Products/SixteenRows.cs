using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fukami.Tensors;

/// <summary>Turns 16 × 16 numbers at a time, where vectors of 512 bits can be put together from quarters in memory.</summary>
internal static unsafe class SixteenRows
{
    /// <summary>Rows and columns of a block.</summary>
    public const int Count = 16;

    /// <summary>Whether this machine can.</summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>As <see cref="Packing.Transpose"/>, for 16 rows and a multiple of 4 columns.</summary>
    [MethodImpl(Compiled.ByItself)]
    public static void Transpose(float* source, nint sourceRow, float* destination, nint destinationRow, nint columns, float factor, float* add, nint addRow)
    {
        nint far = 4 * sourceRow;
        var scale = Vector512.Create(factor);
        for (nint j = 0; j < columns; j += 4)
        {
            // Quarter q of each vector is row 4q + r; four columns of it are then turned within the quarters.
            float* s = source + j;
            var r0 = Rows(s, far);
            var r1 = Rows(s + sourceRow, far);
            var r2 = Rows(s + (2 * sourceRow), far);
            var r3 = Rows(s + (3 * sourceRow), far);
            var low01 = Avx512F.UnpackLow(r0, r1).AsDouble();
            var high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
            var low23 = Avx512F.UnpackLow(r2, r3).AsDouble();
            var high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
            float* to = destination + (j * destinationRow);
            float* plus = add == null ? null : add + (j * addRow);
            Put(Avx512F.UnpackLow(low01, low23), scale, to, plus);
            Put(Avx512F.UnpackHigh(low01, low23), scale, to + destinationRow, plus == null ? null : plus + addRow);
            Put(Avx512F.UnpackLow(high01, high23), scale, to + (2 * destinationRow), plus == null ? null : plus + (2 * addRow));
            Put(Avx512F.UnpackHigh(high01, high23), scale, to + (3 * destinationRow), plus == null ? null : plus + (3 * addRow));
        }
    }

    /// <summary>Four numbers of each of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Rows(float* s, nint far)
    {
        var rows = Vector128.Load(s).ToVector256Unsafe().ToVector512Unsafe();
        rows = Avx512F.InsertVector128(rows, Vector128.Load(s + far), 1);
        rows = Avx512F.InsertVector128(rows, Vector128.Load(s + (2 * far)), 2);
        return Avx512F.InsertVector128(rows, Vector128.Load(s + (3 * far)), 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<double> numbers, Vector512<float> scale, float* to, float* plus)
    {
        var v = numbers.AsSingle() * scale;
        if (plus != null)
        {
            v = Vector512.Load(plus) + v;
        }

        v.Store(to);
    }
}
