using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + the sum of each column over all rows, first to last; from may be null.</summary>
internal readonly unsafe struct ColumnSums(float* x, nint xRow, int rows, int columns, float* from, float* to) : IKernel
{
    private readonly float* x = x;
    private readonly nint xRow = xRow;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly float* from = from;
    private readonly float* to = to;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        int j = 0;
        for (; j <= columns - V.Count; j += V.Count)
        {
            At<V>(j);
        }

        for (; j < columns; j++)
        {
            At<Lane1>(j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void At<T>(int j)
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
