using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + factor·x; from may be null.</summary>
internal readonly unsafe struct AddMultiple(float* from, float factor, float* x, float* to, nint count) : IKernel
{
    private readonly float* from = from;
    private readonly float factor = factor;
    private readonly float* x = x;
    private readonly float* to = to;
    private readonly nint count = count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            At<V>(i);
        }

        for (; i < count; i++)
        {
            At<Lane1>(i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T.Store(from == null ? T.Of(factor) * T.Load(x + i) : T.FusedMultiplyAdd(T.Of(factor), T.Load(x + i), T.Load(from + i)), to + i);
    }
}
