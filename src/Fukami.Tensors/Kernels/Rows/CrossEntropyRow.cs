using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>log Σ exp(x) of one row of logits, and Σ exp(x − max) with the row's largest logit.</summary>
internal readonly unsafe struct CrossEntropyRow(float* x, int columns, float* largest, float* sum) : IKernel
{
    private readonly float* x = x;
    private readonly int columns = columns;
    private readonly float* largest = largest;
    private readonly float* sum = sum;

    [MethodImpl(Compiled.ByItself)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        var max = V.Of(float.NegativeInfinity);
        int j = 0;
        for (; j <= columns - V.Count; j += V.Count)
        {
            max = V.Max(max, V.Load(x + j));
        }

        if (j < columns)
        {
            max = V.Max(max, V.SelectFirst(columns - j, V.Load(x + j), V.Of(float.NegativeInfinity)));
        }

        float shift = V.FoldMax(max);
        var total = V.Of(0f);
        var centre = V.Of(shift);
        for (j = 0; j <= columns - V.Count; j += V.Count)
        {
            total += Elementary.ExpOfNegative(V.Load(x + j) - centre);
        }

        if (j < columns)
        {
            total += Elementary.ExpOfNegative(V.SelectFirst(columns - j, V.Load(x + j), V.Of(float.NegativeInfinity)) - centre);
        }

        *largest = shift;
        *sum = V.FoldSum(total);
    }
}
