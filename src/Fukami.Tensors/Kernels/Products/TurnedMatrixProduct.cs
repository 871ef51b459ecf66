namespace Fukami.Tensors;

/// <summary>
/// C = add + A·B for a B whose rows are neighbours in memory, as Cᵀ = Bᵀ·Aᵀ: B is read as it lies, and the smaller A and C are turned.
/// The chains of multiply-adds are the same as in <see cref="MatrixProduct"/>, and so are the bits.
/// </summary>
internal readonly unsafe struct TurnedMatrixProduct(int rows, int columns, int depth, Matrix a, Matrix b, Matrix add, float* c, nint cRow, Worker worker) : IKernel
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

    public void Run<V>()
        where V : struct, IVector<V>
    {
        int wide = 3 * V.Count;
        float* turned = worker.Scratch((((long)depth + columns) * wide) + 64);
        float* product = turned + ((long)depth * wide);
        int i = 0;
        while (i < rows)
        {
            int left = rows - i;
            int width = left >= wide ? wide : left > V.Count ? 2 * V.Count : V.Count;
            int real = Math.Min(width, left);
            Packing.Transpose(a.Pointer + (i * a.Row), a.Row, turned, width, real, depth, width, 1f, null, 0);
            var tile = new Tile(depth, b.Step, b.Row, width, 0, width);
            if (width == wide)
            {
                Strip<Strip3<V>>(tile, turned, product, V.Count >= 16 ? 8 : 4);
            }
            else if (width == 2 * V.Count)
            {
                Strip<Strip2<V>>(tile, turned, product, V.Count >= 16 ? 8 : 4);
            }
            else
            {
                Strip<Strip1<V>>(tile, turned, product, 8);
            }

            Packing.Transpose(product, width, c + (i * cRow), cRow, columns, real, columns, 1f, add.IsNull ? null : add.Pointer + (i * add.Row), add.Row);
            i += real;
        }
    }

    private void Strip<S>(in Tile tile, float* turned, float* product, int tallest)
        where S : struct, IStrip<S>
    {
        int j = 0;
        while (j < columns)
        {
            var at = (byte*)(b.Pointer + (j * b.Step));
            float* into = product + (j * tile.CRow);
            int missing = columns - j;
            if (missing >= 8 && tallest == 8)
            {
                Tile.Rows8<S>(tile, at, turned, null, 0, null, into);
                j += 8;
            }
            else if (missing >= 4)
            {
                Tile.Rows4<S>(tile, at, turned, null, 0, null, into);
                j += 4;
            }
            else if (missing >= 2)
            {
                Tile.Rows2<S>(tile, at, turned, null, 0, null, into);
                j += 2;
            }
            else
            {
                Tile.Rows1<S>(tile, at, turned, null, 0, null, into);
                j++;
            }
        }
    }
}
