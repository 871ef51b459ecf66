using System.Buffers;

namespace Fukami.Tensors;

/// <summary>
/// A matrix in panels: 48 columns after one another, each panel row by row, the last as narrow as what is left. Whoever multiplies a single row by some of the
/// columns reads memory in one piece, and not a part of every row.
/// </summary>
internal static unsafe class Panels
{
    /// <summary>Columns of a panel: three vectors of sixteen, and the unit in which columns are dealt to threads.</summary>
    public const int Columns = 48;

    /// <summary>How many of a matrix's columns the panel has that begins at this one.</summary>
    public static int WidthAt(int column, int columns) => Math.Min(Columns, columns - column);

    /// <summary>The panel that begins at this column.</summary>
    public static Matrix At(float* matrix, int rows, int columns, int column) => new(matrix + ((nint)column * rows), WidthAt(column, columns));

    /// <summary>Lays a matrix of rows in panels, where it is.</summary>
    public static void Lay(float* matrix, int rows, int columns)
    {
        float[] copy = Copied(matrix, rows * columns);
        fixed (float* from = copy)
        {
            for (int column = 0; column < columns; column += Columns)
            {
                Matrix panel = At(matrix, rows, columns, column);
                Packing.Copy(from + column, columns, panel.Pointer, panel.Row, rows, panel.Row, panel.Row);
            }
        }

        ArrayPool<float>.Shared.Return(copy);
    }

    /// <summary>Lays the transpose of a matrix of rows in panels, where it is: a panel takes the place of the rows that are its columns.</summary>
    public static void LayTranspose(float* matrix, int rows, int columns)
    {
        for (int row = 0; row < rows; row += Columns)
        {
            Matrix panel = At(matrix, columns, rows, row);
            float[] copy = Copied(panel.Pointer, (int)panel.Row * columns);
            fixed (float* from = copy)
            {
                Packing.Transpose(from, columns, panel.Pointer, panel.Row, panel.Row, columns, panel.Row, 1f, null, 0);
            }

            ArrayPool<float>.Shared.Return(copy);
        }
    }

    private static float[] Copied(float* numbers, int count)
    {
        float[] copy = ArrayPool<float>.Shared.Rent(count);
        new ReadOnlySpan<float>(numbers, count).CopyTo(copy);
        return copy;
    }

    /// <summary>Copies a column of a matrix in panels.</summary>
    public static void CopyColumn(float* matrix, int rows, int columns, int column, Span<float> to)
    {
        Matrix panel = At(matrix, rows, columns, column / Columns * Columns);
        float* from = panel.Pointer + (column % Columns);
        for (int row = 0; row < rows; row++, from += panel.Row)
        {
            to[row] = *from;
        }
    }
}
