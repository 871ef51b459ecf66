namespace Fukami.Tensors;

/// <summary>An inner loop with its operands as fields, for vectors of sixteen lanes, however a machine makes them.</summary>
internal interface IKernel
{
    /// <summary>Runs the loop.</summary>
    void Run<V>()
        where V : struct, IVector<V>;
}
