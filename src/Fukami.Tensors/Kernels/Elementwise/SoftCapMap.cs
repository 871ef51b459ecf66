using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>y = c·tanh(x/c); −∞ stays −∞.</summary>
internal readonly unsafe struct SoftCapMap(float* x, float* y, float bound, nint count) : ILanewise
{
    private readonly float* x = x;
    private readonly float* y = y;
    private readonly float bound = bound;
    private readonly nint count = count;

    public nint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T value = T.Load(x + i);
        T capped = T.Of(bound) * Elementary.Tanh(value / T.Of(bound));
        T.Store(T.SelectLess(value, T.Of(float.MinValue), value, capped), y + i);
    }
}
