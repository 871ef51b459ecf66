using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// The rows of a point's value that an intervention replaces. A row is one position of one sentence, in (batch, length, features); or one query of one head of
/// one sentence, in (batch, heads, query, key).
/// </summary>
public readonly record struct ReplacedRows
{
    private readonly IReadOnlyList<int>? positions;
    private readonly int firstBlock;

    /// <summary>The rows of a value.</summary>
    /// <param name="point">The point's name.</param>
    /// <param name="shape">The value's shape.</param>
    /// <param name="positions">The positions; none given: all.</param>
    /// <param name="head">The head; none given: all.</param>
    internal ReplacedRows(string point, Shape shape, IReadOnlyList<int>? positions, AttentionHead? head)
    {
        (Point, Shape, this.positions) = (point, shape, positions);
        foreach (int position in positions ?? [])
        {
            if (position < 0 || position >= Length)
            {
                throw new InspectionException($"Position {position} of {point} was asked for; this pass has positions 0 to {Length - 1}.");
            }
        }

        (Blocks, Columns) = (AllBlocks, shape.Columns);
        if (head is not { } one)
        {
            return;
        }

        int heads = shape.Rank == 4 ? AllBlocks : one.Width > 0 && shape.Columns % one.Width == 0 ? shape.Columns / one.Width : 0;
        if (one.Index < 0 || one.Index >= heads)
        {
            throw new InspectionException($"Head {one.Index} of {one.Width} features was asked for at {point}, whose value here has shape {shape}.");
        }

        (firstBlock, Blocks, FirstColumn, Columns) = shape.Rank == 4 ? (one.Index, 1, 0, shape.Columns) : (0, 1, one.Index * one.Width, one.Width);
    }

    /// <summary>The point's name.</summary>
    public string Point { get; }

    /// <summary>The value's shape.</summary>
    public Shape Shape { get; }

    /// <summary>First of the replaced columns.</summary>
    public int FirstColumn { get; }

    /// <summary>How many columns are replaced.</summary>
    public int Columns { get; }

    /// <summary>Positions (queries) of the value.</summary>
    public int Length => Shape[^2];

    /// <summary>Sentences.</summary>
    public int Sentences => Shape[0];

    /// <summary>The positions that are replaced.</summary>
    public IReadOnlyList<int> Positions => positions ?? [.. Enumerable.Range(0, Length)];

    /// <summary>How many heads' rows are replaced in (batch, heads, query, key); 1 in (batch, length, features).</summary>
    private int Blocks { get; }

    private int AllBlocks => Shape.Rank == 4 ? Shape[1] : 1;

    /// <summary>Whether it is all of the value, which then needs no look at what it was.</summary>
    internal bool IsWhole => positions is null && Columns == Shape.Columns && Shape.Rank != 4;

    /// <summary>The replaced rows with the sentence, the block (head, or 0) and the position of each.</summary>
    public IEnumerable<(int Row, int Sentence, int Block, int Position)> Rows()
    {
        IReadOnlyList<int> at = Positions;
        for (int sentence = 0; sentence < Sentences; sentence++)
        {
            for (int block = firstBlock; block < firstBlock + Blocks; block++)
            {
                foreach (int position in at)
                {
                    yield return ((((sentence * AllBlocks) + block) * Length) + position, sentence, block, position);
                }
            }
        }
    }

    /// <summary>For each row whether it is replaced.</summary>
    internal bool[] Marked()
    {
        var marked = new bool[Shape.Rows];
        foreach ((int row, _, _, _) in Rows())
        {
            marked[row] = true;
        }

        return marked;
    }
}
