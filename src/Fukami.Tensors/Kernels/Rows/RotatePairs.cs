using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>(a, b) → (a·cos − b·sin, b·cos + a·sin) for the first and second half of a head, the sine times a direction of ±1; from may be null.</summary>
internal readonly unsafe struct RotatePairs(float* x, float* cosine, float* sine, float direction, float* from, float* to, int half) : ILanewise
{
    private readonly float* x = x;
    private readonly float* cosine = cosine;
    private readonly float* sine = sine;
    private readonly float direction = direction;
    private readonly float* from = from;
    private readonly float* to = to;
    private readonly int half = half;

    public nint Count => half;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint j)
        where T : struct, IVector<T>
    {
        T a = T.Load(x + j);
        T b = T.Load(x + half + j);
        T c = T.Load(cosine + j);
        T s = T.Of(direction) * T.Load(sine + j);
        T first = (a * c) - (b * s);
        T second = (b * c) + (a * s);
        T.Store(from == null ? first : T.Load(from + j) + first, to + j);
        T.Store(from == null ? second : T.Load(from + half + j) + second, to + half + j);
    }
}
