using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + a·b, element by element; from may be null.</summary>
internal readonly unsafe struct AddProduct(float* from, float* a, float* b, float* to, nint count) : IKernel
{
    private readonly float* from = from;
    private readonly float* a = a;
    private readonly float* b = b;
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
        T product = T.Load(a + i) * T.Load(b + i);
        T.Store(from == null ? product : T.Load(from + i) + product, to + i);
    }
}
