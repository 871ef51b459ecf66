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

    [MethodImpl(Compiled.ByItself)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        for (int i = 0; i < rows; i++)
        {
            float* xi = x + (i * xRow);
            float* dyi = dy + (i * dyRow);
            float mu = mean[i];
            float ratio = inverse[i];
            var sum = V.Of(0f);
            var product = V.Of(0f);
            var centre = V.Of(mu);
            int j = 0;
            for (; j <= columns - V.Count; j += V.Count)
            {
                var g = V.Load(dyi + j) * V.Load(gain + j);
                sum += g;
                product = V.FusedMultiplyAdd(g, V.Load(xi + j) - centre, product);
            }

            if (j < columns)
            {
                int left = columns - j;
                var g = V.SelectFirst(left, V.Load(dyi + j), V.Of(0f)) * V.SelectFirst(left, V.Load(gain + j), V.Of(0f));
                sum += g;
                product = V.FusedMultiplyAdd(g, V.SelectFirst(left, V.Load(xi + j), V.Of(mu)) - centre, product);
            }

            if (scaleTo != null)
            {
                float slope = -V.FoldSum(product) * ratio * ratio;
                scaleTo[i] = scaleFrom == null ? slope : scaleFrom[i] + slope;
            }

            if (to != null)
            {
                float shift = centred ? V.FoldSum(sum) / columns : 0;
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
