using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fukami.Tensors;

/// <summary>Copies between matrices of different layout.</summary>
internal static unsafe class Packing
{
    /// <summary>Copies rows × columns numbers, both matrices with neighbouring columns, and fills each row up to <paramref name="width"/> with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceRow, float* destination, nint destinationRow, nint rows, nint columns, nint width, float factor, float* add, nint addRow)
    {
        nint i = 0;
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
    private static Vector128<float> Interleave(Vector128<float> x, Vector128<float> y, bool upper)
    {
        if (System.Runtime.Intrinsics.X86.Sse.IsSupported)
        {
            return upper ? System.Runtime.Intrinsics.X86.Sse.UnpackHigh(x, y) : System.Runtime.Intrinsics.X86.Sse.UnpackLow(x, y);
        }

        if (System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
        {
            return upper ? System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipHigh(x, y) : System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipLow(x, y);
        }

        return upper
            ? Vector128.Create(x[2], y[2], x[3], y[3])
            : Vector128.Create(x[0], y[0], x[1], y[1]);
    }
}
