using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>h = (x − μ)·r with the mean and the reciprocal scale of each column, y = γh + β, for one row; β may be null.</summary>
internal readonly unsafe struct NormalizeColumnsRow(float* x, float* h, float* y, int columns, float* mean, float* inverse, float* gain, float* bias) : ILanewise
{
    private readonly float* x = x;
    private readonly float* h = h;
    private readonly float* y = y;
    private readonly int columns = columns;
    private readonly float* mean = mean;
    private readonly float* inverse = inverse;
    private readonly float* gain = gain;
    private readonly float* bias = bias;

    public nint Count => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint j)
        where T : struct, IVector<T>
    {
        T normalized = (T.Load(x + j) - T.Load(mean + j)) * T.Load(inverse + j);
        T.Store(normalized, h + j);
        T.Store(bias == null ? normalized * T.Load(gain + j) : T.FusedMultiplyAdd(normalized, T.Load(gain + j), T.Load(bias + j)), y + j);
    }
}
