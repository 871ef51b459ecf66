using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + factor·softmax(x) for one row, given its largest logit and Σ exp(x − max); the target's −factor is the caller's.</summary>
internal readonly unsafe struct CrossEntropyRowBackward(float* x, int columns, float largest, float factorOverSum, float* from, float* to) : IKernel
{
    private readonly float* x = x;
    private readonly int columns = columns;
    private readonly float largest = largest;
    private readonly float factorOverSum = factorOverSum;
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
        T slope = Elementary.ExpOfNegative(T.Load(x + j) - T.Of(largest)) * T.Of(factorOverSum);
        T.Store(from == null ? slope : T.Load(from + j) + slope, to + j);
    }
}
