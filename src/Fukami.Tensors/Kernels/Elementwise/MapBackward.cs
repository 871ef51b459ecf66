using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + dy·f′(x); from may be null.</summary>
internal readonly unsafe struct MapBackward<F>(float* x, float* dy, float* from, float* to, nint count) : ILanewise
    where F : struct, IFunction
{
    private readonly float* x = x;
    private readonly float* dy = dy;
    private readonly float* from = from;
    private readonly float* to = to;
    private readonly nint count = count;

    public nint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T slope = T.Load(dy + i) * F.Derivative(T.Load(x + i));
        T.Store(from == null ? slope : T.Load(from + i) + slope, to + i);
    }
}
