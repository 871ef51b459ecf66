using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>y = γ(x − μ)/s + β, with μ and s of the row; β may be null; 1/s is kept.</summary>
internal readonly unsafe struct NormalizeRows(float* x, nint xRow, float* y, int rows, int columns, float* mean, float* scale, float* inverse, float* gain, float* bias) : IKernel
{
    private readonly float* x = x;
    private readonly nint xRow = xRow;
    private readonly float* y = y;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly float* mean = mean;
    private readonly float* scale = scale;
    private readonly float* inverse = inverse;
    private readonly float* gain = gain;
    private readonly float* bias = bias;

    [MethodImpl(Compiled.ByItself)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        for (int i = 0; i < rows; i++)
        {
            float* from = x + (i * xRow);
            float* to = y + ((nint)i * columns);
            float mu = mean[i];
            float ratio = 1 / scale[i];
            inverse[i] = ratio;
            int j = 0;
            for (; j <= columns - V.Count; j += V.Count)
            {
                At<V>(from, to, j, mu, ratio);
            }

            for (; j < columns; j++)
            {
                At<Lane1>(from, to, j, mu, ratio);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void At<T>(float* from, float* to, int j, float mu, float ratio)
        where T : struct, IVector<T>
    {
        T h = (T.Load(from + j) - T.Of(mu)) * T.Of(ratio);
        T value = bias == null ? h * T.Load(gain + j) : T.FusedMultiplyAdd(h, T.Load(gain + j), T.Load(bias + j));
        T.Store(value, to + j);
    }
}
