using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>y = exp(x − max) / Σ exp(x − max) by row; a row of nothing but −∞ gives zeros. Columns from <c>visible</c> on are known to be −∞.</summary>
internal readonly unsafe struct SoftmaxRows(float* x, float* y, int columns, int visible) : IKernel
{
    private readonly float* x = x;
    private readonly float* y = y;
    private readonly int columns = columns;
    private readonly int visible = visible;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        int j = 0;
        var largest = Block<V>.Of(float.NegativeInfinity);
        for (; j <= visible - Block<V>.Count; j += Block<V>.Count)
        {
            largest = Block<V>.Max(largest, Block<V>.Load(x + j));
        }

        if (j < visible)
        {
            largest = Block<V>.Max(largest, Block<V>.LoadPart(x + j, visible - j, float.NegativeInfinity));
        }

        float max = largest.Largest();
        if (float.IsNegativeInfinity(max))
        {
            new Span<float>(y, columns).Clear();
            return;
        }

        var sum = Block<V>.Of(0f);
        var shift = Block<V>.Of(max);
        for (j = 0; j <= visible - Block<V>.Count; j += Block<V>.Count)
        {
            var e = Block<V>.ExpOfNegative(Block<V>.Load(x + j) - shift);
            e.Store(y + j);
            sum += e;
        }

        if (j < visible)
        {
            var e = Block<V>.ExpOfNegative(Block<V>.LoadPart(x + j, visible - j, float.NegativeInfinity) - shift);
            e.StorePart(y + j, visible - j);
            sum += e;
        }

        float inverse = 1 / sum.Sum();
        for (j = 0; j <= visible - V.Count; j += V.Count)
        {
            V.Store(V.Load(y + j) * V.Of(inverse), y + j);
        }

        for (; j < visible; j++)
        {
            y[j] *= inverse;
        }

        new Span<float>(y + visible, columns - visible).Clear();
    }
}
