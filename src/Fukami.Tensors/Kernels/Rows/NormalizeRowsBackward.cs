using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>
/// The gradients of y = γ(x − μ(x))/s + β by row, s taken as given: with g = γ·dy,
/// dx = from + (g − mean(g))/s (centred) or from + g/s, and ds = −Σ g(x − μ)/s².
/// </summary>
internal readonly unsafe struct NormalizeRowsBackward(
    float* x, nint xRow, float* dy, nint dyRow, int rows, int columns, bool centred, float* mean, float* inverse, float* gain,
    float* from, float* to, nint toRow, float* scaleFrom, float* scaleTo) : IKernel
{
    private readonly float* x = x;
    private readonly nint xRow = xRow;
    private readonly float* dy = dy;
    private readonly nint dyRow = dyRow;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly bool centred = centred;
    private readonly float* mean = mean;
    private readonly float* inverse = inverse;
    private readonly float* gain = gain;
    private readonly float* from = from;
    private readonly float* to = to;
    private readonly nint toRow = toRow;
    private readonly float* scaleFrom = scaleFrom;
    private readonly float* scaleTo = scaleTo;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        for (int i = 0; i < rows; i++)
        {
            float* xi = x + (i * xRow);
            float* dyi = dy + (i * dyRow);
            float mu = mean[i];
            float ratio = inverse[i];
            var sum = Block<V>.Of(0f);
            var product = Block<V>.Of(0f);
            var centre = Block<V>.Of(mu);
            int j = 0;
            for (; j <= columns - Block<V>.Count; j += Block<V>.Count)
            {
                var g = Block<V>.Load(dyi + j) * Block<V>.Load(gain + j);
                sum += g;
                product = Block<V>.FusedMultiplyAdd(g, Block<V>.Load(xi + j) - centre, product);
            }

            if (j < columns)
            {
                int left = columns - j;
                var g = Block<V>.LoadPart(dyi + j, left, 0f) * Block<V>.LoadPart(gain + j, left, 0f);
                sum += g;
                product = Block<V>.FusedMultiplyAdd(g, Block<V>.LoadPart(xi + j, left, mu) - centre, product);
            }

            if (scaleTo != null)
            {
                float slope = -product.Sum() * ratio * ratio;
                scaleTo[i] = scaleFrom == null ? slope : scaleFrom[i] + slope;
            }

            if (to != null)
            {
                float shift = centred ? sum.Sum() / columns : 0;
                float* source = from == null ? null : from + (i * toRow);
                float* target = to + (i * toRow);
                for (j = 0; j <= columns - V.Count; j += V.Count)
                {
                    At<V>(dyi, source, target, j, shift, ratio);
                }

                for (; j < columns; j++)
                {
                    At<Lane1>(dyi, source, target, j, shift, ratio);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void At<T>(float* dyi, float* source, float* target, int j, float shift, float ratio)
        where T : struct, IVector<T>
    {
        T slope = (T.FusedMultiplyAdd(T.Load(dyi + j), T.Load(gain + j), T.Of(-shift))) * T.Of(ratio);
        T.Store(source == null ? slope : T.Load(source + j) + slope, target + j);
    }
}
