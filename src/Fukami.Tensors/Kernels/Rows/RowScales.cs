using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>The scale of each row: √(mean of (x − μ)² + ε), with μ the row's mean or, uncentred, 0.</summary>
internal readonly unsafe struct RowScales(float* x, nint xRow, int rows, int columns, bool centred, float epsilon, float* mean, float* scale) : IKernel
{
    private readonly float* x = x;
    private readonly nint xRow = xRow;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly bool centred = centred;
    private readonly float epsilon = epsilon;
    private readonly float* mean = mean;
    private readonly float* scale = scale;

    [MethodImpl(Compiled.ByItself)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        for (int i = 0; i < rows; i++)
        {
            float* row = x + (i * xRow);
            float mu = centred ? RowMeans.OfRow<V>(row, columns) : 0;
            var sum = V.Of(0f);
            var centre = V.Of(mu);
            int j = 0;
            for (; j <= columns - V.Count; j += V.Count)
            {
                var d = V.Load(row + j) - centre;
                sum = V.FusedMultiplyAdd(d, d, sum);
            }

            if (j < columns)
            {
                var d = V.SelectFirst(columns - j, V.Load(row + j), V.Of(mu)) - centre;
                sum = V.FusedMultiplyAdd(d, d, sum);
            }

            mean[i] = mu;
            scale[i] = MathF.Sqrt((V.FoldSum(sum) / columns) + epsilon);
        }
    }
}
