using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>AdamW on neighbouring parameters: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − decay·w − rate·m / (√v·rootCorrection + ε).
/// The bias corrections 1 − β₁ᵗ and 1 − β₂ᵗ are in the rate and in rootCorrection.</summary>
internal readonly unsafe struct AdamWStep(float* weight, float* gradient, float* first, float* second, float gradientScale, float beta1, float beta2, float epsilon, float rate, float rootCorrection, float decay, nint count) : ILanewise
{
    private readonly float* weight = weight;
    private readonly float* gradient = gradient;
    private readonly float* first = first;
    private readonly float* second = second;
    private readonly float gradientScale = gradientScale;
    private readonly float beta1 = beta1;
    private readonly float beta2 = beta2;
    private readonly float epsilon = epsilon;
    private readonly float rate = rate;
    private readonly float rootCorrection = rootCorrection;
    private readonly float decay = decay;
    private readonly nint count = count;

    public nint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T g = T.Of(gradientScale) * T.Load(gradient + i);
        T m = T.FusedMultiplyAdd(T.Of(beta1), T.Load(first + i), T.Of(1 - beta1) * g);
        T v = T.FusedMultiplyAdd(T.Of(beta2), T.Load(second + i), T.Of(1 - beta2) * g * g);
        T w = T.Load(weight + i);
        T step = T.Of(rate) * m / T.FusedMultiplyAdd(T.Sqrt(v), T.Of(rootCorrection), T.Of(epsilon));
        T.Store(m, first + i);
        T.Store(v, second + i);
        T.Store(T.FusedMultiplyAdd(T.Of(-decay), w, w) - step, weight + i);
    }
}
