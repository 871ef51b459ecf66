using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Fukami.Tensors;

/// <summary>Copies between matrices of different layout.</summary>
internal static unsafe class Packing
{
    /// <summary>Copies rows × columns numbers, both matrices with neighbouring columns, and fills each row up to <paramref name="width"/> with zeros.</summary>
    [MethodImpl(Compiled.ByItself)]
    public static void Copy(float* source, nint sourceRow, float* destination, nint destinationRow, nint rows, nint columns, nint width)
    {
        for (nint i = 0; i < rows; i++)
        {
            float* from = source + (i * sourceRow);
            float* to = destination + (i * destinationRow);
            nint j = 0;
            for (; j <= columns - 16; j += 16)
            {
                if (Vector512.IsHardwareAccelerated)
                {
                    Vector512.Load(from + j).Store(to + j);
                }
                else
                {
                    Vector128.Load(from + j).Store(to + j);
                    Vector128.Load(from + j + 4).Store(to + j + 4);
                    Vector128.Load(from + j + 8).Store(to + j + 8);
                    Vector128.Load(from + j + 12).Store(to + j + 12);
                }
            }

            for (; j < columns; j++)
            {
                to[j] = from[j];
            }

            for (; j < width; j++)
            {
                to[j] = 0;
            }
        }
    }

    /// <summary>
    /// destination[j, i] = factor · source[i, j] (+ add[j, i]) for rows × columns of the source; the destination's rows are filled up to <paramref name="width"/> with zeros.
    /// </summary>
    [MethodImpl(Compiled.ByItself)]
    public static void Transpose(float* source, nint sourceRow, float* destination, nint destinationRow, nint rows, nint columns, nint width, float factor, float* add, nint addRow)
    {
        nint i = 0;
        if (SixteenRows.IsSupported && columns % 4 == 0)
        {
            for (; i <= rows - SixteenRows.Count; i += SixteenRows.Count)
            {
                SixteenRows.Transpose(source + (i * sourceRow), sourceRow, destination + i, destinationRow, columns, factor, add == null ? null : add + i, addRow);
            }
        }

        if (Avx.IsSupported)
        {
            for (; i <= rows - 8; i += 8)
            {
                TransposeEightRows(source + (i * sourceRow), sourceRow, destination + i, destinationRow, columns, factor, add == null ? null : add + i, addRow);
            }
        }

        for (; i <= rows - 4; i += 4)
        {
            float* s0 = source + (i * sourceRow);
            float* s1 = s0 + sourceRow;
            float* s2 = s1 + sourceRow;
            float* s3 = s2 + sourceRow;
            nint j = 0;
            var scale = Vector128.Create(factor);
            for (; j <= columns - 4; j += 4)
            {
                // 4 × 4 by two rounds of interleaving
                var a = Vector128.Load(s0 + j);
                var b = Vector128.Load(s1 + j);
                var c = Vector128.Load(s2 + j);
                var d = Vector128.Load(s3 + j);
                var ac0 = Interleave(a, c, upper: false);
                var ac1 = Interleave(a, c, upper: true);
                var bd0 = Interleave(b, d, upper: false);
                var bd1 = Interleave(b, d, upper: true);
                float* to = destination + (j * destinationRow) + i;
                float* plus = add == null ? null : add + (j * addRow) + i;
                Put(Interleave(ac0, bd0, upper: false) * scale, to, plus);
                Put(Interleave(ac0, bd0, upper: true) * scale, to + destinationRow, plus == null ? null : plus + addRow);
                Put(Interleave(ac1, bd1, upper: false) * scale, to + (2 * destinationRow), plus == null ? null : plus + (2 * addRow));
                Put(Interleave(ac1, bd1, upper: true) * scale, to + (3 * destinationRow), plus == null ? null : plus + (3 * addRow));
            }

            for (; j < columns; j++)
            {
                for (nint r = 0; r < 4; r++)
                {
                    PutOne(source[((i + r) * sourceRow) + j] * factor, destination + (j * destinationRow) + i + r, add == null ? null : add + (j * addRow) + i + r);
                }
            }
        }

        for (; i < rows; i++)
        {
            for (nint j = 0; j < columns; j++)
            {
                PutOne(source[(i * sourceRow) + j] * factor, destination + (j * destinationRow) + i, add == null ? null : add + (j * addRow) + i);
            }
        }

        for (; i < width; i++)
        {
            for (nint j = 0; j < columns; j++)
            {
                destination[(j * destinationRow) + i] = 0;
            }
        }
    }

    [MethodImpl(Compiled.ByItself)]
    private static void TransposeEightRows(float* source, nint sourceRow, float* destination, nint destinationRow, nint columns, float factor, float* add, nint addRow)
    {
        nint j = 0;
        var scale = Vector256.Create(factor);
        for (; j <= columns - 8; j += 8)
        {
            // 8 × 8 by three rounds: neighbours, pairs, halves
            float* s = source + j;
            var a0 = Vector256.Load(s);
            var a1 = Vector256.Load(s + sourceRow);
            var a2 = Vector256.Load(s + (2 * sourceRow));
            var a3 = Vector256.Load(s + (3 * sourceRow));
            var a4 = Vector256.Load(s + (4 * sourceRow));
            var a5 = Vector256.Load(s + (5 * sourceRow));
            var a6 = Vector256.Load(s + (6 * sourceRow));
            var a7 = Vector256.Load(s + (7 * sourceRow));
            var b0 = Avx.UnpackLow(a0, a1);
            var b1 = Avx.UnpackHigh(a0, a1);
            var b2 = Avx.UnpackLow(a2, a3);
            var b3 = Avx.UnpackHigh(a2, a3);
            var b4 = Avx.UnpackLow(a4, a5);
            var b5 = Avx.UnpackHigh(a4, a5);
            var b6 = Avx.UnpackLow(a6, a7);
            var b7 = Avx.UnpackHigh(a6, a7);
            a0 = Avx.Shuffle(b0, b2, 0x44);
            a1 = Avx.Shuffle(b0, b2, 0xEE);
            a2 = Avx.Shuffle(b1, b3, 0x44);
            a3 = Avx.Shuffle(b1, b3, 0xEE);
            a4 = Avx.Shuffle(b4, b6, 0x44);
            a5 = Avx.Shuffle(b4, b6, 0xEE);
            a6 = Avx.Shuffle(b5, b7, 0x44);
            a7 = Avx.Shuffle(b5, b7, 0xEE);
            float* to = destination + (j * destinationRow);
            float* plus = add == null ? null : add + (j * addRow);
            Put(Avx.Permute2x128(a0, a4, 0x20) * scale, to, plus);
            Put(Avx.Permute2x128(a1, a5, 0x20) * scale, to + destinationRow, plus == null ? null : plus + addRow);
            Put(Avx.Permute2x128(a2, a6, 0x20) * scale, to + (2 * destinationRow), plus == null ? null : plus + (2 * addRow));
            Put(Avx.Permute2x128(a3, a7, 0x20) * scale, to + (3 * destinationRow), plus == null ? null : plus + (3 * addRow));
            Put(Avx.Permute2x128(a0, a4, 0x31) * scale, to + (4 * destinationRow), plus == null ? null : plus + (4 * addRow));
            Put(Avx.Permute2x128(a1, a5, 0x31) * scale, to + (5 * destinationRow), plus == null ? null : plus + (5 * addRow));
            Put(Avx.Permute2x128(a2, a6, 0x31) * scale, to + (6 * destinationRow), plus == null ? null : plus + (6 * addRow));
            Put(Avx.Permute2x128(a3, a7, 0x31) * scale, to + (7 * destinationRow), plus == null ? null : plus + (7 * addRow));
        }

        for (; j < columns; j++)
        {
            for (nint r = 0; r < 8; r++)
            {
                PutOne(source[(r * sourceRow) + j] * factor, destination + (j * destinationRow) + r, add == null ? null : add + (j * addRow) + r);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector256<float> v, float* to, float* plus)
    {
        if (plus != null)
        {
            v = Vector256.Load(plus) + v;
        }

        v.Store(to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector128<float> v, float* to, float* plus)
    {
        if (plus != null)
        {
            v = Vector128.Load(plus) + v;
        }

        v.Store(to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutOne(float v, float* to, float* plus) => *to = plus != null ? *plus + v : v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Interleave(Vector128<float> x, Vector128<float> y, bool upper)
    {
        if (Sse.IsSupported)
        {
            return upper ? Sse.UnpackHigh(x, y) : Sse.UnpackLow(x, y);
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return upper ? AdvSimd.Arm64.ZipHigh(x, y) : AdvSimd.Arm64.ZipLow(x, y);
        }

        return upper
            ? Vector128.Create(x[2], y[2], x[3], y[3])
            : Vector128.Create(x[0], y[0], x[1], y[1]);
    }
}
