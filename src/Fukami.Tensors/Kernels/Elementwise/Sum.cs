using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>y = a + b.</summary>
internal readonly unsafe struct Sum(float* a, float* b, float* y, nint count) : ILanewise
{
    private readonly float* a = a;
    private readonly float* b = b;
    private readonly float* y = y;
    private readonly nint count = count;

    public nint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T.Store(T.Load(a + i) + T.Load(b + i), y + i);
    }
}
