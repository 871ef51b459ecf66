using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fukami.Tensors;

/// <summary>
/// c = add + a·B for a single row a, which reads each number of B once: what counts is that memory delivers without a pause.
/// The chains of multiply-adds are those of <see cref="MatrixProduct"/>, and so are the bits.
/// </summary>
internal static unsafe class OneRowProduct
{
    /// <summary>Partial sums that stay in the first cache while rows of B stream past.</summary>
    private const int MostColumns = 4096;

    /// <summary>Columns that are turned together, at most: two vectors of sixteen.</summary>
    private const int MostSums = 32;

    /// <summary>As <see cref="MatrixProduct.Run"/> for one row.</summary>
    public static void Run(int columns, int depth, Matrix a, Matrix b, Matrix add, float* c, Worker worker)
    {
        if (b.Step != 1)
        {
            RunTurned(columns, depth, a, b, 1f, add, c, worker);
            return;
        }

        if (columns == Panels.Columns && b.Row == columns)
        {
            Widest.Run(new DownPanel(depth, a, b.Pointer, add, c));
            return;
        }

        for (int j = 0; j < columns; j += MostColumns)
        {
            int width = Math.Min(MostColumns, columns - j);
            float* sums = worker.Scratch(MostColumns);
            new Span<float>(sums, width).Clear();
            Widest.Run(new AcrossRows(width, depth, a, b.From(0, j), sums));
            if (add.IsNull)
            {
                new Span<float>(sums, width).CopyTo(new Span<float>(c + j, width));
            }
            else
            {
                Widest.ForEach(new Sum(add.Pointer + j, sums, c + j, width));
            }
        }
    }

    /// <summary>c = add + a·(factor·B) for a B whose columns are neighbours in memory, each number of B rounded after it is multiplied.</summary>
    public static void RunTurned(int columns, int depth, Matrix a, Matrix b, float factor, Matrix add, float* c, Worker worker) =>
        Widest.Run(new AlongColumns(columns, depth, a, b, factor, add, c, worker.Scratch(MostSums)));

    /// <summary>B is a panel: its rows follow one another without a gap, and all sums stay in registers while they stream past.</summary>
    private readonly struct DownPanel(int depth, Matrix a, float* b, Matrix add, float* c) : IKernel
    {
        private readonly int depth = depth;
        private readonly Matrix a = a;
        private readonly float* b = b;
        private readonly Matrix add = add;
        private readonly float* c = c;

        [MethodImpl(Compiled.ByItself)]
        public void Run<V>()
            where V : struct, IVector<V>
        {
            V left = V.Of(0f), middle = V.Of(0f), right = V.Of(0f);
            float* x = a.Pointer, row = b, end = b + ((nint)depth * Panels.Columns);
            for (; row < end; row += Panels.Columns, x += a.Step)
            {
                V term = V.Of(*x);
                left = V.FusedMultiplyAdd(term, V.Load(row), left);
                middle = V.FusedMultiplyAdd(term, V.Load(row + V.Count), middle);
                right = V.FusedMultiplyAdd(term, V.Load(row + (2 * V.Count)), right);
            }

            Put(left, 0);
            Put(middle, V.Count);
            Put(right, 2 * V.Count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Put<V>(V sum, int column)
            where V : struct, IVector<V> =>
            V.Store(add.IsNull ? sum : V.Load(add.Pointer + column) + sum, c + column);
    }

    /// <summary>
    /// Adds a·B to partial sums. B's rows lie along the sums: eight rows at a time stream past sums in the cache.
    /// </summary>
    private readonly struct AcrossRows(int columns, int depth, Matrix a, Matrix b, float* sums) : IKernel
    {
        private const int Rows = 8;

        /// <summary>Rows of B from the one that is read to the one that is asked for.</summary>
        private const int Ahead = 2 * Rows;

        private readonly int columns = columns;
        private readonly int depth = depth;
        private readonly Matrix a = a;
        private readonly Matrix b = b;
        private readonly float* sums = sums;

        [MethodImpl(Compiled.ByItself)]
        public void Run<V>()
            where V : struct, IVector<V>
        {
            nint step = a.Step;
            int k = 0;
            for (; k <= depth - Rows; k += Rows)
            {
                EightRows<V>(a.Pointer + (k * step), b.Pointer + (k * b.Row), k + Ahead + Rows <= depth ? Ahead * b.Row : 0);
            }

            for (; k < depth; k++)
            {
                OneRow<V>(a.Pointer + (k * step), b.Pointer + (k * b.Row));
            }
        }

        [MethodImpl(Compiled.ByItself)]
        private void EightRows<V>(float* x, float* row, nint ahead)
            where V : struct, IVector<V>
        {
            nint step = a.Step;
            nint next = b.Row;
            nint next2 = 2 * next;
            nint next3 = 3 * next;
            V x0 = V.Of(x[0]), x1 = V.Of(x[step]), x2 = V.Of(x[2 * step]), x3 = V.Of(x[3 * step]);
            V x4 = V.Of(x[4 * step]), x5 = V.Of(x[5 * step]), x6 = V.Of(x[6 * step]), x7 = V.Of(x[7 * step]);
            float* row4 = row + (4 * next);
            float* later = row + ahead;
            float* later4 = row4 + ahead;
            float* to = sums;
            float* end = sums + (columns / V.Count * V.Count);
            while (to < end)
            {
                Prefetching.AskForLater(later);
                Prefetching.AskForLater(later + next);
                Prefetching.AskForLater(later + next2);
                Prefetching.AskForLater(later + next3);
                Prefetching.AskForLater(later4);
                Prefetching.AskForLater(later4 + next);
                Prefetching.AskForLater(later4 + next2);
                Prefetching.AskForLater(later4 + next3);
                V sum = V.Load(to);
                sum = V.FusedMultiplyAdd(x0, V.Load(row), sum);
                sum = V.FusedMultiplyAdd(x1, V.Load(row + next), sum);
                sum = V.FusedMultiplyAdd(x2, V.Load(row + next2), sum);
                sum = V.FusedMultiplyAdd(x3, V.Load(row + next3), sum);
                sum = V.FusedMultiplyAdd(x4, V.Load(row4), sum);
                sum = V.FusedMultiplyAdd(x5, V.Load(row4 + next), sum);
                sum = V.FusedMultiplyAdd(x6, V.Load(row4 + next2), sum);
                sum = V.FusedMultiplyAdd(x7, V.Load(row4 + next3), sum);
                V.Store(sum, to);
                row += V.Count;
                row4 += V.Count;
                later += V.Count;
                later4 += V.Count;
                to += V.Count;
            }

            for (; to < sums + columns; row++, to++)
            {
                Lane1 sum = Lane1.Load(to);
                for (int k = 0; k < Rows; k++)
                {
                    sum = Lane1.FusedMultiplyAdd(Lane1.Load(x + (k * step)), Lane1.Load(row + (k * next)), sum);
                }

                Lane1.Store(sum, to);
            }
        }

        [MethodImpl(Compiled.ByItself)]
        private void OneRow<V>(float* x, float* row)
            where V : struct, IVector<V>
        {
            V x0 = V.Of(*x);
            nint j = 0;
            for (; j <= columns - V.Count; j += V.Count)
            {
                V.Store(V.FusedMultiplyAdd(x0, V.Load(row + j), V.Load(sums + j)), sums + j);
            }

            for (; j < columns; j++)
            {
                Lane1.Store(Lane1.FusedMultiplyAdd(Lane1.Load(x), Lane1.Load(row + j), Lane1.Load(sums + j)), sums + j);
            }
        }
    }

    /// <summary>B's columns follow one another in memory (an embedding table): many at a time are turned on the way from memory to the sums.</summary>
    private readonly struct AlongColumns(int columns, int depth, Matrix a, Matrix b, float factor, Matrix add, float* c, float* sums) : IKernel
    {
        private readonly int columns = columns;
        private readonly int depth = depth;
        private readonly Matrix a = a;
        private readonly Matrix b = b;
        private readonly float factor = factor;
        private readonly Matrix add = add;
        private readonly float* c = c;

        /// <summary>Sums on their way: c may be what is added to them.</summary>
        private readonly float* sums = sums;

        [MethodImpl(Compiled.ByItself)]
        public void Run<V>()
            where V : struct, IVector<V>
        {
            int j = 0;
            if (Vector512.IsHardwareAccelerated)
            {
                // Sixteen columns are one vector here, whose multiply-adds would wait for each other: two at a time.
                for (; j <= columns - Pair<V>.Count; j += Pair<V>.Count)
                {
                    ManyColumns<Pair<V>>(j);
                }
            }

            for (; j <= columns - V.Count; j += V.Count)
            {
                ManyColumns<V>(j);
            }

            for (; j < columns; j++)
            {
                Put(j, Rest(j, 0, Lane1.Of(0f)));
            }
        }

        [MethodImpl(Compiled.ByItself)]
        private void ManyColumns<V>(int j)
            where V : struct, IVector<V>
        {
            nint step = a.Step;
            nint column = b.Step;
            nint ahead = j + (2 * V.Count) <= columns ? V.Count * column : 0;
            float* x = a.Pointer;
            float* from = b.Pointer + (j * column);
            V scale = V.Of(factor);
            V sum = V.Of(0f);
            int k = 0;
            for (; k <= depth - 4; k += 4)
            {
                // A line holds sixteen terms: at every step a quarter of the columns ask for their next line, and the columns after them for theirs.
                float* next = from + (k % Prefetching.FloatsOfLine / 4 * (V.Count / 4) * column);
                for (int i = 0; i < V.Count / 4; i++, next += column)
                {
                    Prefetching.Ask(next + Prefetching.FloatsOfLine);
                    Prefetching.AskForLater(next + ahead);
                }

                Four<V> terms = V.LoadTurned(from, column);
                sum = V.FusedMultiplyAdd(V.Of(x[0]), terms.A * scale, sum);
                sum = V.FusedMultiplyAdd(V.Of(x[step]), terms.B * scale, sum);
                sum = V.FusedMultiplyAdd(V.Of(x[2 * step]), terms.C * scale, sum);
                sum = V.FusedMultiplyAdd(V.Of(x[3 * step]), terms.D * scale, sum);
                from += 4;
                x += 4 * step;
            }

            if (k == depth && add.IsNull)
            {
                V.Store(sum, c + j);
                return;
            }

            V.Store(sum, sums);
            for (int i = 0; i < V.Count; i++)
            {
                Put(j + i, Rest(j + i, k, Lane1.Load(sums + i)));
            }
        }

        /// <summary>A sum's last terms, from term k on.</summary>
        private Lane1 Rest(int j, int k, Lane1 sum)
        {
            for (; k < depth; k++)
            {
                sum = Lane1.FusedMultiplyAdd(Lane1.Load(a.Pointer + (k * a.Step)), Lane1.Load(b.Pointer + (j * b.Step) + k) * Lane1.Of(factor), sum);
            }

            return sum;
        }

        private void Put(int j, Lane1 sum) =>
            Lane1.Store(add.IsNull ? sum : Lane1.Load(add.Pointer + (j * add.Step)) + sum, c + j);
    }
}
