using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + the sum of each column over all rows, first to last; from may be null.</summary>
internal readonly unsafe struct ColumnSums(float* x, nint xRow, int rows, int columns, float* from, float* to) : ILanewise
{
    private readonly float* x = x;
    private readonly nint xRow = xRow;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly float* from = from;
    private readonly float* to = to;

    public nint Count => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint j)
        where T : struct, IVector<T>
    {
        T sum = T.Of(0f);
        float* at = x + j;
        for (int i = 0; i < rows; i++)
        {
            sum += T.Load(at);
            at += xRow;
        }

        T.Store(from == null ? sum : T.Load(from + j) + sum, to + j);
    }
}
