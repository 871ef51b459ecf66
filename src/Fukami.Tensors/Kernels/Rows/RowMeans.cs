using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>The mean of each row.</summary>
internal readonly unsafe struct RowMeans(float* x, nint xRow, int rows, int columns, float* mean) : IKernel
{
    private readonly float* x = x;
    private readonly nint xRow = xRow;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly float* mean = mean;

    [MethodImpl(Compiled.ByItself)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        for (int i = 0; i < rows; i++)
        {
            mean[i] = OfRow<V>(x + (i * xRow), columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float OfRow<V>(float* row, int columns)
        where V : struct, IVector<V>
    {
        var sum = V.Of(0f);
        int j = 0;
        for (; j <= columns - V.Count; j += V.Count)
        {
            sum += V.Load(row + j);
        }

        if (j < columns)
        {
            sum += V.SelectFirst(columns - j, V.Load(row + j), V.Of(0f));
        }

        return V.FoldSum(sum) / columns;
    }
}
