using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>Mean and mean square deviation of each column over the counted rows; uncentred, the mean is taken as 0.</summary>
internal readonly unsafe struct ColumnMoments(float* x, nint xRow, int* real, int rows, int columns, int counted, bool centred, float* mean, float* variance) : ILanewise
{
    private readonly float* x = x;
    private readonly nint xRow = xRow;
    private readonly int* real = real;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly int counted = counted;
    private readonly bool centred = centred;
    private readonly float* mean = mean;
    private readonly float* variance = variance;

    public nint Count => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint j)
        where T : struct, IVector<T>
    {
        T count = T.Of(counted);
        T sum = T.Of(0f);
        for (int i = 0; centred && i < rows; i++)
        {
            if (real == null || real[i] != 0)
            {
                sum += T.Load(x + (i * xRow) + j);
            }
        }

        T mu = sum / count;
        T squares = T.Of(0f);
        for (int i = 0; i < rows; i++)
        {
            if (real == null || real[i] != 0)
            {
                T d = T.Load(x + (i * xRow) + j) - mu;
                squares = T.FusedMultiplyAdd(d, d, squares);
            }
        }

        T.Store(mu, mean + j);
        T.Store(squares / count, variance + j);
    }
}
