using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>
/// y = exp(x − max) / Σ exp(x − max) for neighbouring rows; a row of nothing but −∞ gives zeros.
/// With causal attention, row i of every <c>queries</c> rows is known to be −∞ from column i + <c>diagonal</c> + 1 on.
/// </summary>
internal readonly unsafe struct SoftmaxRows(float* x, float* y, int firstRow, int rows, int columns, int queries, int diagonal) : IKernel
{
    private readonly float* x = x;
    private readonly float* y = y;
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
            OfRow<V>(x + ((nint)i * columns), y + ((nint)i * columns), VisibleColumns(firstRow + i, columns, queries, diagonal));
        }
    }

    /// <summary>Columns to look at, rounded up to whole vectors: what is hidden there is −∞ or 0 anyway.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int VisibleColumns(int row, int columns, int queries, int diagonal)
    {
        if (diagonal == Cell.SeesAll)
        {
            return columns;
        }

        int visible = Math.Max((row % queries) + 1 + diagonal, 0);
        return Math.Min((visible + 15) & ~15, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OfRow<V>(float* from, float* to, int visible)
        where V : struct, IVector<V>
    {
        int whole = visible & ~(V.Count - 1);
        int left = visible - whole;
        V largest = V.Of(float.NegativeInfinity);
        for (int j = 0; j < whole; j += V.Count)
        {
            largest = V.Max(largest, V.Load(from + j));
        }

        V last = default;
        if (left > 0)
        {
            last = V.SelectFirst(left, V.Load(from + whole), V.Of(float.NegativeInfinity));
            largest = V.Max(largest, last);
        }

        float max = V.FoldMax(largest);
        if (float.IsNegativeInfinity(max))
        {
            new Span<float>(to, columns).Clear();
            return;
        }

        V sum = V.Of(0f);
        V shift = V.Of(max);
        for (int j = 0; j < whole; j += V.Count)
        {
            V e = Elementary.ExpOfNegative(V.Load(from + j) - shift);
            V.Store(e, to + j);
            sum += e;
        }

        if (left > 0)
        {
            last = Elementary.ExpOfNegative(last - shift);
            sum += V.SelectFirst(left, last, V.Of(0f));
        }

        float inverse = 1 / V.FoldSum(sum);
        for (int j = 0; j < whole; j += V.Count)
        {
            V.Store(V.Load(to + j) * V.Of(inverse), to + j);
        }

        for (int j = whole; j < visible; j++)
        {
            Lane1.Store(Elementary.ExpOfNegative(Lane1.Load(from + j) - Lane1.Of(max)) * Lane1.Of(inverse), to + j);
        }

        for (int j = visible; j < columns; j++)
        {
            to[j] = 0;
        }
    }
}
