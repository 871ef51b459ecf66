using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>
/// y = factor·x where a query may see, and a constant elsewhere: row i of a causal score sees columns up to i + <c>diagonal</c>.
/// x may be y.
/// </summary>
internal readonly unsafe struct HideRows(float* x, float* y, int rows, int columns, int diagonal, float factor, float hidden) : IKernel
{
    private readonly float* x = x;
    private readonly float* y = y;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly int diagonal = diagonal;
    private readonly float factor = factor;
    private readonly float hidden = hidden;

    [MethodImpl(Compiled.ByItself)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        for (int i = 0; i < rows; i++)
        {
            float* from = x + ((nint)i * columns);
            float* to = y + ((nint)i * columns);
            int visible = (int)Math.Clamp((long)i + 1 + diagonal, 0, columns);
            int j = 0;
            for (; j <= visible - V.Count; j += V.Count)
            {
                V.Store(V.Of(factor) * V.Load(from + j), to + j);
            }

            if (j < visible && j <= columns - V.Count)
            {
                V.Store(V.SelectFirst(visible - j, V.Of(factor) * V.Load(from + j), V.Of(hidden)), to + j);
                j += V.Count;
            }

            for (; j < visible; j++)
            {
                to[j] = factor * from[j];
            }

            for (; j <= columns - V.Count; j += V.Count)
            {
                V.Store(V.Of(hidden), to + j);
            }

            for (; j < columns; j++)
            {
                to[j] = hidden;
            }
        }
    }
}
