using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>Stochastic gradient descent on neighbouring parameters: u ← momentum·u + g, w ← w − decay·w − rate·u; without momentum velocity may be null.</summary>
internal readonly unsafe struct SgdStep(float* weight, float* gradient, float* velocity, float gradientScale, float momentum, float rate, float decay, nint count) : ILanewise
{
    private readonly float* weight = weight;
    private readonly float* gradient = gradient;
    private readonly float* velocity = velocity;
    private readonly float gradientScale = gradientScale;
    private readonly float momentum = momentum;
    private readonly float rate = rate;
    private readonly float decay = decay;
    private readonly nint count = count;

    public nint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T u = T.Of(gradientScale) * T.Load(gradient + i);
        if (velocity != null)
        {
            u = T.FusedMultiplyAdd(T.Of(momentum), T.Load(velocity + i), u);
            T.Store(u, velocity + i);
        }

        T w = T.Load(weight + i);
        T.Store(T.FusedMultiplyAdd(T.Of(-rate), u, T.FusedMultiplyAdd(T.Of(-decay), w, w)), weight + i);
    }
}
