using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>dx = from + y(dy − Σ y·dy) for neighbouring rows; from may be null. y is 0 where <see cref="SoftmaxRows"/> says that a row ends.</summary>
internal readonly unsafe struct SoftmaxRowsBackward(float* y, float* dy, float* from, float* to, int firstRow, int rows, int columns, int queries, int diagonal) : IKernel
{
    private readonly float* y = y;
    private readonly float* dy = dy;
    private readonly float* from = from;
    private readonly float* to = to;
    private readonly int firstRow = firstRow;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly int queries = queries;
    private readonly int diagonal = diagonal;

    [MethodImpl(Compiled.ByItself)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        for (int i = 0; i < rows; i++)
        {
            nint at = (nint)i * columns;
            OfRow<V>(y + at, dy + at, from == null ? null : from + at, to + at, SoftmaxRows.VisibleColumns(firstRow + i, columns, queries, diagonal));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OfRow<V>(float* p, float* slope, float* source, float* target, int visible)
        where V : struct, IVector<V>
    {
        V sum = V.Of(0f);
        int j = 0;
        for (; j <= visible - V.Count; j += V.Count)
        {
            sum = V.FusedMultiplyAdd(V.Load(p + j), V.Load(slope + j), sum);
        }

        if (j < visible)
        {
            int left = visible - j;
            sum = V.FusedMultiplyAdd(V.SelectFirst(left, V.Load(p + j), V.Of(0f)), V.SelectFirst(left, V.Load(slope + j), V.Of(0f)), sum);
        }

        float dot = V.FoldSum(sum);
        for (j = 0; j <= visible - V.Count; j += V.Count)
        {
            At<V>(p, slope, source, target, j, dot);
        }

        for (; j < visible; j++)
        {
            At<Lane1>(p, slope, source, target, j, dot);
        }

        for (; j < columns; j++)
        {
            target[j] = source == null ? 0 : source[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void At<T>(float* p, float* slope, float* source, float* target, int j, float dot)
        where T : struct, IVector<T>
    {
        T value = T.Load(p + j) * (T.Load(slope + j) - T.Of(dot));
        T.Store(source == null ? value : T.Load(source + j) + value, target + j);
    }
}
