using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>The gradient of the scale s of each row: dx = from + ds·(x − μ)/(n·s).</summary>
internal readonly unsafe struct RowScalesBackward(
    float* x, nint xRow, int rows, int columns, float* mean, float* scale, float* dScale, float* from, float* to, nint toRow) : IKernel
{
    private readonly float* x = x;
    private readonly nint xRow = xRow;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly float* mean = mean;
    private readonly float* scale = scale;
    private readonly float* dScale = dScale;
    private readonly float* from = from;
    private readonly float* to = to;
    private readonly nint toRow = toRow;

    [MethodImpl(Compiled.ByItself)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        for (int i = 0; i < rows; i++)
        {
            float factor = dScale[i] / (columns * scale[i]);
            float* xi = x + (i * xRow);
            float* source = from == null ? null : from + (i * toRow);
            float* target = to + (i * toRow);
            int j = 0;
            for (; j <= columns - V.Count; j += V.Count)
            {
                At<V>(xi, source, target, j, mean[i], factor);
            }

            for (; j < columns; j++)
            {
                At<Lane1>(xi, source, target, j, mean[i], factor);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void At<T>(float* xi, float* source, float* target, int j, float mu, float factor)
        where T : struct, IVector<T>
    {
        T d = T.Load(xi + j) - T.Of(mu);
        T.Store(source == null ? T.Of(factor) * d : T.FusedMultiplyAdd(T.Of(factor), d, T.Load(source + j)), target + j);
    }
}
