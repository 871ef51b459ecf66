using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>max(x, 0).</summary>
internal readonly struct ReluFunction : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x)
        where V : struct, IVector<V> => V.SelectLess(x, V.Of(0f), V.Of(0f), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x)
        where V : struct, IVector<V> => V.SelectLess(V.Of(0f), x, V.Of(1f), V.Of(0f));
}

/// <summary>x·Φ(x); the derivative is Φ(x) + x·φ(x).</summary>
internal readonly struct GeluFunction : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x)
        where V : struct, IVector<V> => x * Elementary.Normal(x).Distribution;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x)
        where V : struct, IVector<V>
    {
        var (density, distribution) = Elementary.Normal(x);
        return V.FusedMultiplyAdd(x, density, distribution);
    }
}

/// <summary>½x(1 + tanh u) with u = √(2/π)(x + 0.044715x³).</summary>
internal readonly struct GeluTanhFunction : IFunction
{
    private const float RootOfTwoOverPi = 0.7978845608f;
    private const float Cubic = 0.044715f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x)
        where V : struct, IVector<V> => V.Of(0.5f) * x * (V.Of(1f) + Tanh(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x)
        where V : struct, IVector<V>
    {
        V tanh = Tanh(x);
        V inner = V.Of(RootOfTwoOverPi) * V.FusedMultiplyAdd(V.Of(3 * Cubic) * x, x, V.Of(1f));
        V slope = V.Of(0.5f) * x * V.FusedMultiplyAdd(-tanh, tanh, V.Of(1f)) * inner;
        return V.FusedMultiplyAdd(V.Of(0.5f), tanh, V.Of(0.5f)) + slope;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Tanh<V>(V x)
        where V : struct, IVector<V> => Elementary.Tanh(V.Of(RootOfTwoOverPi) * V.FusedMultiplyAdd(V.Of(Cubic) * x * x, x, x));
}

/// <summary>x·σ(x); the derivative is σ(x)(1 + x(1 − σ(x))).</summary>
internal readonly struct SiluFunction : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x)
        where V : struct, IVector<V> => x * Elementary.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x)
        where V : struct, IVector<V>
    {
        V sigmoid = Elementary.Sigmoid(x);
        return sigmoid * V.FusedMultiplyAdd(x, V.Of(1f) - sigmoid, V.Of(1f));
    }
}

/// <summary>σ(x); the derivative is σ(x)(1 − σ(x)).</summary>
internal readonly struct SigmoidFunction : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x)
        where V : struct, IVector<V> => Elementary.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x)
        where V : struct, IVector<V>
    {
        V sigmoid = Elementary.Sigmoid(x);
        return sigmoid * (V.Of(1f) - sigmoid);
    }
}

/// <summary>tanh(x); the derivative is 1 − tanh²(x).</summary>
internal readonly struct TanhFunction : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x)
        where V : struct, IVector<V> => Elementary.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x)
        where V : struct, IVector<V>
    {
        V tanh = Elementary.Tanh(x);
        return V.FusedMultiplyAdd(-tanh, tanh, V.Of(1f));
    }
}
