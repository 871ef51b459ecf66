using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>log Σ exp(x) of one row of logits, and Σ exp(x − max) with the row's largest logit.</summary>
internal readonly unsafe struct CrossEntropyRow(float* x, int columns, float* largest, float* sum) : IKernel
{
    private readonly float* x = x;
    private readonly int columns = columns;
    private readonly float* largest = largest;
    private readonly float* sum = sum;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        var max = Block<V>.Of(float.NegativeInfinity);
        int j = 0;
        for (; j <= columns - Block<V>.Count; j += Block<V>.Count)
        {
            max = Block<V>.Max(max, Block<V>.Load(x + j));
        }

        if (j < columns)
        {
            max = Block<V>.Max(max, Block<V>.LoadPart(x + j, columns - j, float.NegativeInfinity));
        }

        float shift = max.Largest();
        var total = Block<V>.Of(0f);
        var centre = Block<V>.Of(shift);
        for (j = 0; j <= columns - Block<V>.Count; j += Block<V>.Count)
        {
            total += Block<V>.ExpOfNegative(Block<V>.Load(x + j) - centre);
        }

        if (j < columns)
        {
            total += Block<V>.ExpOfNegative(Block<V>.LoadPart(x + j, columns - j, float.NegativeInfinity) - centre);
        }

        *largest = shift;
        *sum = total.Sum();
    }
}
