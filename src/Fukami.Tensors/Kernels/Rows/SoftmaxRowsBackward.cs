using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>dx = from + y(dy − Σ y·dy) for one row; from may be null. y is 0 from column <c>visible</c> on.</summary>
internal readonly unsafe struct SoftmaxRowsBackward(float* y, float* dy, float* from, float* to, int columns, int visible) : IKernel
{
    private readonly float* y = y;
    private readonly float* dy = dy;
    private readonly float* from = from;
    private readonly float* to = to;
    private readonly int columns = columns;
    private readonly int visible = visible;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>()
        where V : struct, IVector<V>
    {
        var sum = Block<V>.Of(0f);
        int j = 0;
        for (; j <= visible - Block<V>.Count; j += Block<V>.Count)
        {
            sum = Block<V>.FusedMultiplyAdd(Block<V>.Load(y + j), Block<V>.Load(dy + j), sum);
        }

        if (j < visible)
        {
            int left = visible - j;
            sum = Block<V>.FusedMultiplyAdd(Block<V>.LoadPart(y + j, left, 0f), Block<V>.LoadPart(dy + j, left, 0f), sum);
        }

        float dot = sum.Sum();
        for (j = 0; j <= visible - V.Count; j += V.Count)
        {
            At<V>(j, dot);
        }

        for (; j < visible; j++)
        {
            At<Lane1>(j, dot);
        }

        for (; j < columns; j++)
        {
            to[j] = from == null ? 0 : from[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void At<T>(int j, float dot)
        where T : struct, IVector<T>
    {
        T slope = T.Load(y + j) * (T.Load(dy + j) - T.Of(dot));
        T.Store(from == null ? slope : T.Load(from + j) + slope, to + j);
    }
}
