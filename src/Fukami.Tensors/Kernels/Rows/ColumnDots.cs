using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + the sum of a·b over each column, first row to last; from may be null.</summary>
internal readonly unsafe struct ColumnDots(float* a, nint aRow, float* b, nint bRow, int rows, int columns, float* from, float* to) : ILanewise
{
    private readonly float* a = a;
    private readonly nint aRow = aRow;
    private readonly float* b = b;
    private readonly nint bRow = bRow;
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
        for (int i = 0; i < rows; i++)
        {
            sum = T.FusedMultiplyAdd(T.Load(a + (i * aRow) + j), T.Load(b + (i * bRow) + j), sum);
        }

        T.Store(from == null ? sum : T.Load(from + j) + sum, to + j);
    }
}
