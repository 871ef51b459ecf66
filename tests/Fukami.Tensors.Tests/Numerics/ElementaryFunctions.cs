#pragma warning disable MA0048 // one line each

namespace Fukami.Tensors.Tests;

/// <summary>One of the engine's functions as a type, so that a test can run it at any vector width.</summary>
internal interface IElementaryFunction
{
    static abstract V Of<V>(V x)
        where V : struct, IVector<V>;
}

internal readonly struct ExpFunction : IElementaryFunction
{
    public static V Of<V>(V x)
        where V : struct, IVector<V> => Elementary.Exp(x);
}

internal readonly struct ExpOfNegativeFunction : IElementaryFunction
{
    public static V Of<V>(V x)
        where V : struct, IVector<V> => Elementary.ExpOfNegative(x);
}

internal readonly struct LogFunction : IElementaryFunction
{
    public static V Of<V>(V x)
        where V : struct, IVector<V> => Elementary.Log(x);
}

internal readonly struct TanhFunction : IElementaryFunction
{
    public static V Of<V>(V x)
        where V : struct, IVector<V> => Elementary.Tanh(x);
}

internal readonly struct ErfFunction : IElementaryFunction
{
    public static V Of<V>(V x)
        where V : struct, IVector<V> => Elementary.Erf(x);
}

internal readonly struct SigmoidFunction : IElementaryFunction
{
    public static V Of<V>(V x)
        where V : struct, IVector<V> => Elementary.Sigmoid(x);
}

internal readonly struct DistributionFunction : IElementaryFunction
{
    public static V Of<V>(V x)
        where V : struct, IVector<V> => Elementary.Normal(x).Distribution;
}

internal readonly struct DensityFunction : IElementaryFunction
{
    public static V Of<V>(V x)
        where V : struct, IVector<V> => Elementary.Normal(x).Density;
}

internal readonly struct ValueOf<TActivation> : IElementaryFunction
    where TActivation : struct, IFunction
{
    public static V Of<V>(V x)
        where V : struct, IVector<V> => TActivation.Value(x);
}

internal readonly struct DerivativeOf<TActivation> : IElementaryFunction
    where TActivation : struct, IFunction
{
    public static V Of<V>(V x)
        where V : struct, IVector<V> => TActivation.Derivative(x);
}
