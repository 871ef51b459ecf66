using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>The sum of a·b over each row.</summary>
internal readonly unsafe struct RowDots(float* a, nint aRow, float* b, nint bRow, int rows, int columns, float* dots) : IKernel
{
    private readonly float* a = a;
    private readonly nint aRow = aRow;
    private readonly float* b = b;
    private readonly nint bRow = bRow;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly float* dots = dots;

    [MethodImpl(Compiled.ByItself)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        for (int i = 0; i < rows; i++)
        {
            float* x = a + (i * aRow);
            float* y = b + (i * bRow);
            var sum = V.Of(0f);
            int j = 0;
            for (; j <= columns - V.Count; j += V.Count)
            {
                sum = V.FusedMultiplyAdd(V.Load(x + j), V.Load(y + j), sum);
            }

            if (j < columns)
            {
                sum = V.FusedMultiplyAdd(V.SelectFirst(columns - j, V.Load(x + j), V.Of(0f)), V.SelectFirst(columns - j, V.Load(y + j), V.Of(0f)), sum);
            }

            dots[i] = V.FoldSum(sum);
        }
    }
}
