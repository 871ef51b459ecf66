using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fukami.Tensors;

/// <summary>
/// C = add + A·B by tiles, on one thread: in any transposition of A and B. Each number of the product is one chain of fused
/// multiply-adds over the depth from the first term to the last, to which what was there is added at the end,
/// so the bits depend on nothing but the numbers. <see cref="MatrixProductReference"/> says the same in three loops.
/// </summary>
internal readonly unsafe struct MatrixProduct(int rows, int columns, int depth, Matrix a, Matrix b, Matrix add, float* c, nint cRow, Worker worker, bool pastCaches = false)
{
    /// <summary>Terms of a sum that are done before the next part of B is fetched: a strip of B of this depth stays in the second cache.</summary>
    public const int DepthBlock = 768;

    /// <summary>From this many rows on, copying a strip of B into neighbouring memory pays.</summary>
    private const int RowsThatPay = 40;

    private const int Line = 64;

    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly int depth = depth;
    private readonly Matrix a = a;
    private readonly Matrix b = b;
    private readonly Matrix add = add;
    private readonly float* c = c;
    private readonly nint cRow = cRow;
    private readonly Worker worker = worker;

    /// <summary>Whether C goes past the caches: only in whole lines, which vectors of 512 bits write.</summary>
    private readonly bool pastCaches = pastCaches && Vector512.IsHardwareAccelerated && (nuint)c % Line == 0 && cRow * sizeof(float) % Line == 0;

    /// <summary>C[rows × columns] = add + A[rows × depth]·B[depth × columns].</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="a">A; its columns may be any distance apart.</param>
    /// <param name="b">B; either its columns or its rows are neighbours in memory.</param>
    /// <param name="add">What is added, with a row of 0 for a bias, or a null matrix.</param>
    /// <param name="c">C, its columns neighbours in memory; may be what is added.</param>
    /// <param name="cRow">Floats from one row of C to the next.</param>
    /// <param name="worker">Whose scratch memory is used.</param>
    /// <param name="pastCaches">Whether C is not read again soon and may go straight to memory, where the machine can do that well; other threads may read it after they have waited for this one.</param>
    public static void Run(int rows, int columns, int depth, Matrix a, Matrix b, Matrix add, float* c, nint cRow, Worker worker, bool pastCaches = false)
    {
        if (rows <= 0 || columns <= 0)
        {
            return;
        }

        if (rows == 1 && (b.Step == 1 || b.Row == 1) && (add.IsNull || add.Step == 1))
        {
            OneRowProduct.Run(columns, depth, a, b, add, c, worker);
            return;
        }

        // With B transposed, either a copy of B is turned (its cost grows with depth · columns) or A and C are (rows · (depth + columns)).
        bool turned = b.Step != 1;
        if (turned && a.Step == 1 && (long)rows * (depth + columns) < (long)depth * columns)
        {
            TurnedMatrixProduct.Run(rows, columns, depth, a, b, add, c, cRow, worker);
            return;
        }

        var product = new MatrixProduct(rows, columns, depth, a, b, add, c, cRow, worker, pastCaches);
        if (Vector512.IsHardwareAccelerated)
        {
            product.Run<Lanes16>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            product.Run<Lanes8>();
        }
        else
        {
            product.Run<Lanes4>();
        }
    }

    private void Run<V>()
        where V : struct, IVector<V>
    {
        int blocks = Math.Max(1, (depth + DepthBlock - 1) / DepthBlock);
        int wide = 3 * V.Count;
        float* packed = worker.Scratch(((long)Math.Min(depth, DepthBlock) * wide) + ((long)rows * wide) + 64);
        float* partial = packed + ((long)Math.Min(depth, DepthBlock) * wide);
        int j = 0;
        while (j < columns)
        {
            int left = columns - j;
            int width = WidthOf<V>(left);
            int real = Math.Min(width, left);
            for (int block = 0; block < blocks; block++)
            {
                int first = block * DepthBlock;
                int terms = Math.Min(DepthBlock, depth - first);
                var strip = b.From(first, j);
                if (b.Step != 1)
                {
                    Packing.Transpose(strip.Pointer, strip.Step, packed, width, real, terms, width, 1f, null, 0);
                    strip = new Matrix(packed, width);
                }
                else if (real < width || (rows >= RowsThatPay && strip.Row != width))
                {
                    Packing.Copy(strip.Pointer, strip.Row, packed, width, terms, real, width);
                    strip = new Matrix(packed, width);
                }

                bool isFirst = block == 0;
                bool isLast = block == blocks - 1;
                bool direct = isLast && real == width;
                nint ahead = strip.Pointer == packed || left <= width ? 0 : width;
                var tile = new Tile(terms, a.Row, a.Step, strip.Row, ahead, add.Row, direct ? cRow : width, direct && pastCaches, worker.Later);
                float* start = isFirst ? null : partial;
                float* plus = direct && !add.IsNull ? add.Pointer + j : null;
                float* to = direct ? c + j : partial;
                var left1 = a.From(0, first);
                if (width == wide)
                {
                    Strip<Strip3<V>>(tile, left1, strip.Pointer, start, width, plus, to, V.Count >= 16 ? 8 : 4);
                }
                else if (width == 2 * V.Count)
                {
                    Strip<Strip2<V>>(tile, left1, strip.Pointer, start, width, plus, to, V.Count >= 16 ? 8 : 4);
                }
                else
                {
                    Strip<Strip1<V>>(tile, left1, strip.Pointer, start, width, plus, to, 8);
                }

                if (isLast && !direct)
                {
                    CopyOut(partial, width, j, real);
                }
            }

            j += real;
        }
    }

    /// <summary>Three vectors, or two, or one, so that no narrow strip is left over where two of two will do.</summary>
    public static int WidthOf<V>(int left)
        where V : struct, IVector<V> =>
        left >= 3 * V.Count && left != 4 * V.Count ? 3 * V.Count : left > V.Count ? 2 * V.Count : V.Count;

    [MethodImpl(Compiled.ByItself)]
    private void Strip<S>(in Tile tile, Matrix left, float* strip, float* start, nint startRow, float* plus, float* to, int tallest)
        where S : struct, IStrip<S>
    {
        int i = 0;
        while (i < rows)
        {
            var at = (byte*)(left.Pointer + (i * left.Row));
            float* from = start == null ? null : start + (i * startRow);
            float* with = plus == null ? null : plus + (i * tile.AddRow);
            float* into = to + (i * tile.CRow);
            int missing = rows - i;
            if (missing >= 8 && tallest == 8)
            {
                Tile.Rows8<S>(tile, at, strip, from, startRow, with, into);
                i += 8;
            }
            else if (missing >= 4)
            {
                Tile.Rows4<S>(tile, at, strip, from, startRow, with, into);
                i += 4;
            }
            else if (missing >= 2)
            {
                Tile.Rows2<S>(tile, at, strip, from, startRow, with, into);
                i += 2;
            }
            else
            {
                Tile.Rows1<S>(tile, at, strip, from, startRow, with, into);
                i++;
            }
        }
    }

    private void CopyOut(float* partial, int width, int j, int real)
    {
        for (int i = 0; i < rows; i++)
        {
            float* from = partial + ((nint)i * width);
            float* to = c + (i * cRow) + j;
            float* with = add.IsNull ? null : add.Pointer + (i * add.Row) + j;
            for (int k = 0; k < real; k++)
            {
                to[k] = with == null ? from[k] : with[k] + from[k];
            }
        }
    }
}
