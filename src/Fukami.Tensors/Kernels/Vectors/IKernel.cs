namespace Fukami.Tensors;

/// <summary>An inner loop with its operands as fields, for vectors of any width. It computes the same bits for each.</summary>
internal interface IKernel
{
    /// <summary>Runs the loop.</summary>
    void Run<V>()
        where V : struct, IVector<V>;
}
