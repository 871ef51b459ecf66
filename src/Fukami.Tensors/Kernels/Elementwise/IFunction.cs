namespace Fukami.Tensors;

/// <summary>A function of one number and its derivative, for vectors of any width.</summary>
internal interface IFunction
{
    /// <summary>f(x).</summary>
    static abstract V Value<V>(V x)
        where V : struct, IVector<V>;

    /// <summary>f′(x).</summary>
    static abstract V Derivative<V>(V x)
        where V : struct, IVector<V>;
}
