using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>Stochastic gradient descent on neighbouring parameters: u ← momentum·u + g, w ← w − decay·w − rate·u; without momentum velocity may be null.</summary>
internal readonly unsafe struct SgdStep(float* weight, float* gradient, float* velocity, float gradientScale, float momentum, float rate, float decay, nint count) : IKernel
{
    private readonly float* weight = weight;
    private readonly float* gradient = gradient;
    private readonly float* velocity = velocity;
    private readonly float gradientScale = gradientScale;
    private readonly float momentum = momentum;
    private readonly float rate = rate;
    private readonly float decay = decay;
    private readonly nint count = count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            At<V>(i);
        }

        for (; i < count; i++)
        {
            At<Lane1>(i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void At<T>(nint i)
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
