using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + factor·x; from may be null.</summary>
internal readonly unsafe struct AddMultiple(float* from, float factor, float* x, float* to, nint count) : ILanewise
{
    private readonly float* from = from;
    private readonly float factor = factor;
    private readonly float* x = x;
    private readonly float* to = to;
    private readonly nint count = count;

    public nint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T.Store(from == null ? T.Of(factor) * T.Load(x + i) : T.FusedMultiplyAdd(T.Of(factor), T.Load(x + i), T.Load(from + i)), to + i);
    }
}
