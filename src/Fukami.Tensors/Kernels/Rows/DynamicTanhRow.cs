using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>y = γ·tanh(αx) + β for one row; β may be null.</summary>
internal readonly unsafe struct DynamicTanhRow(float* x, float* y, int columns, float alpha, float* gain, float* bias) : ILanewise
{
    private readonly float* x = x;
    private readonly float* y = y;
    private readonly int columns = columns;
    private readonly float alpha = alpha;
    private readonly float* gain = gain;
    private readonly float* bias = bias;

    public nint Count => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint j)
        where T : struct, IVector<T>
    {
        T h = Elementary.Tanh(T.Of(alpha) * T.Load(x + j)) * T.Load(gain + j);
        T.Store(bias == null ? h : h + T.Load(bias + j), y + j);
    }
}
