using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>y = f(x).</summary>
internal readonly unsafe struct Map<F>(float* x, float* y, nint count) : ILanewise
    where F : struct, IFunction
{
    private readonly float* x = x;
    private readonly float* y = y;
    private readonly nint count = count;

    public nint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T.Store(F.Value(T.Load(x + i)), y + i);
    }
}
