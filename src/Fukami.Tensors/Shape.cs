namespace Fukami.Tensors;

/// <summary>
/// The extents of a tensor, outermost first, for example (batch, length, width). One to four of them.
/// The last one is the column; all others together are the rows.
/// </summary>
public readonly record struct Shape
{
    private readonly int a;
    private readonly int b;
    private readonly int c;
    private readonly int d;

    /// <summary>A vector.</summary>
    public Shape(int a) => (this.a, Rank) = (Checked(a), 1);

    /// <summary>A matrix, (rows, columns).</summary>
    public Shape(int a, int b) => (this.a, this.b, Rank) = (Checked(a), Checked(b), 2);

    /// <summary>Three extents, for example (batch, length, width).</summary>
    public Shape(int a, int b, int c) => (this.a, this.b, this.c, Rank) = (Checked(a), Checked(b), Checked(c), 3);

    /// <summary>Four extents, for example (batch, heads, query, key).</summary>
    public Shape(int a, int b, int c, int d) =>
        (this.a, this.b, this.c, this.d, Rank) = (Checked(a), Checked(b), Checked(c), Checked(d), 4);

    /// <summary>How many extents there are, 1 to 4.</summary>
    public int Rank { get; }

    /// <summary>The extent of one axis, counted from the outermost; <c>shape[^1]</c> is the last.</summary>
    public int this[Index axis]
    {
        get
        {
            int i = axis.GetOffset(Rank);
            return i switch
            {
                0 when Rank > 0 => a,
                1 when Rank > 1 => b,
                2 when Rank > 2 => c,
                3 when Rank > 3 => d,
                _ => throw new ArgumentOutOfRangeException(nameof(axis), $"A shape of rank {Rank} has no axis {i}."),
            };
        }
    }

    /// <summary>The last extent.</summary>
    public int Columns => this[^1];

    /// <summary>The product of all extents but the last.</summary>
    public int Rows => checked((int)(Count / Columns));

    /// <summary>The product of all extents: how many numbers the tensor holds.</summary>
    public long Count => Rank switch
    {
        1 => a,
        2 => (long)a * b,
        3 => (long)a * b * c,
        4 => (long)a * b * c * d,
        _ => 0,
    };

    /// <summary>The same rows with another number of columns.</summary>
    public Shape WithColumns(int columns) => Rank switch
    {
        1 => new Shape(columns),
        2 => new Shape(a, columns),
        3 => new Shape(a, b, columns),
        _ => new Shape(a, b, c, columns),
    };

    /// <summary>The extents as a person writes them: (2, 8, 64).</summary>
    public override string ToString() => Rank switch
    {
        1 => $"({a})",
        2 => $"({a}, {b})",
        3 => $"({a}, {b}, {c})",
        4 => $"({a}, {b}, {c}, {d})",
        _ => "()",
    };

    private static int Checked(int extent) => extent > 0
        ? extent
        : throw new ArgumentOutOfRangeException(nameof(extent), $"An extent of a shape is {extent}; it must be at least 1.");
}
