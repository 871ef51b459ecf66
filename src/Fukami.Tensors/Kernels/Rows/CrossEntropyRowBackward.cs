using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + factor·softmax(x) for one row, given its largest logit and Σ exp(x − max); the target's −factor is the caller's.</summary>
internal readonly unsafe struct CrossEntropyRowBackward(float* x, int columns, float largest, float factorOverSum, float* from, float* to) : ILanewise
{
    private readonly float* x = x;
    private readonly int columns = columns;
    private readonly float largest = largest;
    private readonly float factorOverSum = factorOverSum;
    private readonly float* from = from;
    private readonly float* to = to;

    public nint Count => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint j)
        where T : struct, IVector<T>
    {
        T slope = Elementary.ExpOfNegative(T.Load(x + j) - T.Of(largest)) * T.Of(factorOverSum);
        T.Store(from == null ? slope : T.Load(from + j) + slope, to + j);
    }
}
