using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>y = f(x).</summary>
internal readonly unsafe struct Map<F>(float* x, float* y, nint count) : IKernel
    where F : struct, IFunction
{
    private readonly float* x = x;
    private readonly float* y = y;
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
        T.Store(F.Value(T.Load(x + i)), y + i);
    }
}
