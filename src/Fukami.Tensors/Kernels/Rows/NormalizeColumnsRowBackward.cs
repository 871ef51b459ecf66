using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + r·(γ·dy − a − b·h) for one row, with the reciprocal scale r and numbers a, b of each column; from may be null.</summary>
internal readonly unsafe struct NormalizeColumnsRowBackward(
    float* dy, float* h, int columns, float* inverse, float* gain, float* constant, float* slope, float* from, float* to) : ILanewise
{
    private readonly float* dy = dy;
    private readonly float* h = h;
    private readonly int columns = columns;
    private readonly float* inverse = inverse;
    private readonly float* gain = gain;
    private readonly float* constant = constant;
    private readonly float* slope = slope;
    private readonly float* from = from;
    private readonly float* to = to;

    public nint Count => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint j)
        where T : struct, IVector<T>
    {
        T g = T.Load(gain + j) * T.Load(dy + j);
        if (slope != null)
        {
            g = g - T.Load(constant + j) - (T.Load(slope + j) * T.Load(h + j));
        }

        T value = g * T.Load(inverse + j);
        T.Store(from == null ? value : T.Load(from + j) + value, to + j);
    }
}
