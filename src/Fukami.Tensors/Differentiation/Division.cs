namespace Fukami.Tensors;

/// <summary>
/// How the rows (or columns) of a tensor are dealt to threads: in units of some rows, contiguous and even.
/// Two steps of the same division touch the same rows on the same thread and need not wait for one another.
/// </summary>
internal readonly record struct Division(int Rows, int RowsOfUnit, bool ByColumn = false)
{
    private const int TileRows = 8;

    /// <summary>Rows in units of a tile, so that each thread's part is a multiple of the matrix product's.</summary>
    public static Division OfRows(int rows) => new(rows, TileRows);

    /// <summary>Rows in units of one sentence's heads that share their keys.</summary>
    public static Division OfGroups(int groups, int rowsOfGroup) => new(groups * rowsOfGroup, rowsOfGroup);

    /// <summary>Columns in units of some cache lines.</summary>
    public static Division OfColumns(int columns, int unit = 16) => new(columns, unit, ByColumn: true);

    /// <summary>All of it on the first thread.</summary>
    public static Division Whole(int rows) => new(rows, rows);

    /// <summary>The worker's part, [first, end).</summary>
    public (int First, int End) Part(Worker worker)
    {
        var (first, end) = worker.Share((Rows + RowsOfUnit - 1) / RowsOfUnit);
        return (Math.Min(first * RowsOfUnit, Rows), Math.Min(end * RowsOfUnit, Rows));
    }
}
