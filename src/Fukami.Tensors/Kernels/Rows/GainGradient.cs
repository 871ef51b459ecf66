using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + Σ over rows of dy·(x − μ)/s: the gradient of a normalization's gain; from may be null.</summary>
internal readonly unsafe struct GainGradient(
    float* x, nint xRow, float* dy, nint dyRow, int rows, int columns, float* mean, float* inverse, float* from, float* to) : ILanewise
{
    private readonly float* x = x;
    private readonly nint xRow = xRow;
    private readonly float* dy = dy;
    private readonly nint dyRow = dyRow;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly float* mean = mean;
    private readonly float* inverse = inverse;
    private readonly float* from = from;
    private readonly float* to = to;

    public nint Count => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint j)
        where T : struct, IVector<T>
    {
        T sum = T.Of(0f);
        for (int i = 0; i < rows; i++)
        {
            T h = (T.Load(x + (i * xRow) + j) - T.Of(mean[i])) * T.Of(inverse[i]);
            sum = T.FusedMultiplyAdd(T.Load(dy + (i * dyRow) + j), h, sum);
        }

        T.Store(from == null ? sum : T.Load(from + j) + sum, to + j);
    }
}
