using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = x + constant.</summary>
internal readonly unsafe struct AddConstant(float* x, float constant, float* to, nint count) : ILanewise
{
    private readonly float* x = x;
    private readonly float constant = constant;
    private readonly float* to = to;
    private readonly nint count = count;

    public nint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T.Store(T.Load(x + i) + T.Of(constant), to + i);
    }
}
