using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>
/// The gradients of y = γ·tanh(αx) + β for one row: g = γ·dy·(1 − tanh²(αx)), to = from + α·g; and <c>slopes</c> takes g,
/// whose sum with x is the gradient of α. <c>tanh</c> takes tanh(αx) for the gradient of γ.
/// </summary>
internal readonly unsafe struct DynamicTanhRowBackward(
    float* x, float* dy, int columns, float alpha, float* gain, float* from, float* to, float* slopes, float* tanh) : ILanewise
{
    private readonly float* x = x;
    private readonly float* dy = dy;
    private readonly int columns = columns;
    private readonly float alpha = alpha;
    private readonly float* gain = gain;
    private readonly float* from = from;
    private readonly float* to = to;
    private readonly float* slopes = slopes;
    private readonly float* tanh = tanh;

    public nint Count => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint j)
        where T : struct, IVector<T>
    {
        T h = Elementary.Tanh(T.Of(alpha) * T.Load(x + j));
        T g = T.Load(gain + j) * T.Load(dy + j) * T.FusedMultiplyAdd(-h, h, T.Of(1f));
        T.Store(h, tanh + j);
        T.Store(g, slopes + j);
        if (to != null)
        {
            T slope = T.Of(alpha) * g;
            T.Store(from == null ? slope : T.Load(from + j) + slope, to + j);
        }
    }
}
