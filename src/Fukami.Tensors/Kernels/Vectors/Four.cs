namespace Fukami.Tensors;

/// <summary>Four vectors.</summary>
internal readonly struct Four<V>(V a, V b, V c, V d)
    where V : struct, IVector<V>
{
    public readonly V A = a;
    public readonly V B = b;
    public readonly V C = c;
    public readonly V D = d;
}
