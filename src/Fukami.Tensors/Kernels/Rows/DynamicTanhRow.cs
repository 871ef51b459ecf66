using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>y = γ·tanh(αx) + β for one row; β may be null.</summary>
internal readonly unsafe struct DynamicTanhRow(float* x, float* y, int columns, float alpha, float* gain, float* bias) : IKernel
{
    private readonly float* x = x;
    private readonly float* y = y;
    private readonly int columns = columns;
    private readonly float alpha = alpha;
    private readonly float* gain = gain;
    private readonly float* bias = bias;

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
        T h = Elementary.Tanh(T.Of(alpha) * T.Load(x + j)) * T.Load(gain + j);
        T.Store(bias == null ? h : h + T.Load(bias + j), y + j);
    }
}
