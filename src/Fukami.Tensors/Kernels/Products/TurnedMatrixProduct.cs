using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fukami.Tensors;

/// <summary>
/// C = add + A·B for a B whose rows are neighbours in memory, as Cᵀ = Bᵀ·Aᵀ: B is read as it lies, and the smaller A and C are turned.
/// The chains of multiply-adds are the same as in <see cref="MatrixProduct"/>, and so are the bits.
/// </summary>
internal readonly unsafe struct TurnedMatrixProduct(int rows, int columns, int depth, Matrix a, Matrix b, Matrix add, float* c, nint cRow, Worker worker)
{
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly int depth = depth;
    private readonly Matrix a = a;
    private readonly Matrix b = b;
    private readonly Matrix add = add;
    private readonly float* c = c;
    private readonly nint cRow = cRow;
    private readonly Worker worker = worker;

    /// <summary>As <see cref="MatrixProduct.Run"/>, for B.Row and A.Step of 1.</summary>
    public static void Run(int rows, int columns, int depth, Matrix a, Matrix b, Matrix add, float* c, nint cRow, Worker worker)
    {
        var product = new TurnedMatrixProduct(rows, columns, depth, a, b, add, c, cRow, worker);
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
        int wide = 3 * V.Count;
        int deepest = Math.Min(depth, MatrixProduct.DepthBlock);
        float* turned = worker.Scratch((((long)deepest + columns) * wide) + 64);
        float* product = turned + ((long)deepest * wide);
        int i = 0;
        while (i < rows)
        {
            int width = MatrixProduct.WidthOf<V>(rows - i);
            int real = Math.Min(width, rows - i);
            for (int first = 0; first < depth; first += MatrixProduct.DepthBlock)
            {
                int terms = Math.Min(MatrixProduct.DepthBlock, depth - first);
                Packing.Transpose(a.Pointer + (i * a.Row) + first, a.Row, turned, width, real, terms, width, 1f, null, 0);
                var tile = new Tile(terms, b.Step, b.Row, width, 0, 0, width, false, worker.Later);
                float* start = first == 0 ? null : product;
                float* left = b.Pointer + (first * b.Row);
                if (width == wide)
                {
                    Strip<Strip3<V>>(tile, left, turned, start, product, V.Count >= 16 ? 8 : 4);
                }
                else if (width == 2 * V.Count)
                {
                    Strip<Strip2<V>>(tile, left, turned, start, product, V.Count >= 16 ? 8 : 4);
                }
                else
                {
                    Strip<Strip1<V>>(tile, left, turned, start, product, 8);
                }
            }

            Packing.Transpose(product, width, c + (i * cRow), cRow, columns, real, columns, 1f, add.IsNull ? null : add.Pointer + (i * add.Row), add.Row);
            i += real;
        }
    }

    [MethodImpl(Compiled.ByItself)]
    private void Strip<S>(in Tile tile, float* left, float* turned, float* start, float* product, int tallest)
        where S : struct, IStrip<S>
    {
        int j = 0;
        while (j < columns)
        {
            var at = (byte*)(left + (j * b.Step));
            float* from = start == null ? null : start + (j * tile.CRow);
            float* into = product + (j * tile.CRow);
            int missing = columns - j;
            if (missing >= 8 && tallest == 8)
            {
                Tile.Rows8<S>(tile, at, turned, from, tile.CRow, null, into);
                j += 8;
            }
            else if (missing >= 4)
            {
                Tile.Rows4<S>(tile, at, turned, from, tile.CRow, null, into);
                j += 4;
            }
            else if (missing >= 2)
            {
                Tile.Rows2<S>(tile, at, turned, from, tile.CRow, null, into);
                j += 2;
            }
            else
            {
                Tile.Rows1<S>(tile, at, turned, from, tile.CRow, null, into);
                j++;
            }
        }
    }
}
