using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>y = a + b.</summary>
internal readonly unsafe struct Sum(float* a, float* b, float* y, nint count) : IKernel
{
    private readonly float* a = a;
    private readonly float* b = b;
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
        T.Store(T.Load(a + i) + T.Load(b + i), y + i);
    }
}
