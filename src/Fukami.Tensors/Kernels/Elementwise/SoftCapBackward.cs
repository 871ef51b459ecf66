using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + dy·(1 − (y/c)²), 0 where y is −∞; from may be null.</summary>
internal readonly unsafe struct SoftCapBackward(float* y, float* dy, float* from, float* to, float bound, nint count) : ILanewise
{
    private readonly float* y = y;
    private readonly float* dy = dy;
    private readonly float* from = from;
    private readonly float* to = to;
    private readonly float bound = bound;
    private readonly nint count = count;

    public nint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T value = T.Load(y + i);
        T tanh = value / T.Of(bound);
        T derivative = T.SelectLess(value, T.Of(float.MinValue), T.Of(0f), T.FusedMultiplyAdd(-tanh, tanh, T.Of(1f)));
        T slope = T.Load(dy + i) * derivative;
        T.Store(from == null ? slope : T.Load(from + i) + slope, to + i);
    }
}
