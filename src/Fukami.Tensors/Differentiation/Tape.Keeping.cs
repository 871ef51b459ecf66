namespace Fukami.Tensors;

// Passes that keep only the points that were asked for.
public sealed unsafe partial class Tape
{
    /// <summary>The values of the points that were asked for.</summary>
    private readonly Arena kept = new();

    /// <summary>In turns: what the pass goes on with, while all else in the arena is forgotten.</summary>
    private readonly Arena[] carried = [new(), new()];

    private readonly HashSet<string> keep = new(StringComparer.Ordinal);
    private readonly HashSet<int> keptCells = [];
    private readonly List<int> openCells = [];
    private bool keeps;
    private int turn;
    private int seenCells;
    private int seenPoints;

    /// <summary>
    /// Begins a pass that keeps the values of the named points alone: wherever the model says that it is done with a part
    /// (<see cref="GoOnWith"/>; at every sublayer's end), what was recorded runs, and the memory of all other values is used again.
    /// The values have the same bits as in a pass that keeps everything. Forward only: gradients need everything.
    /// </summary>
    /// <param name="keep">Names of points; one that the pass does not meet does no harm.</param>
    public void Begin(IEnumerable<string> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        Begin();
        this.keep.Clear();
        this.keep.UnionWith(keep);
        keeps = true;
        (seenCells, seenPoints) = (0, 0);
        openCells.Clear();
    }

    /// <summary>
    /// Says that the rest of the pass reads nothing recorded so far but one or two tensors. In a pass that keeps some points
    /// alone (<see cref="Begin(IEnumerable{string})"/>) all else but these becomes invalid, and its memory is used again; any other pass takes no notice.
    /// </summary>
    /// <param name="tensor">What the pass goes on with.</param>
    /// <param name="other">Something else that it will read, or none.</param>
    public void GoOnWith(Tensor tensor, Tensor other = default)
    {
        if (!keeps)
        {
            return;
        }

        Run();
        FindKeptCells();
        for (; seenCells < cellCount; seenCells++)
        {
            openCells.Add(seenCells);
        }

        // one tensor may take the place of the last one, which is done with; of two, one may still lie there
        turn = other.Owner is null ? turn : 1 - turn;
        carried[turn].Reset();
        carried[turn].Reserve(SizeOf(tensor) + SizeOf(other));
        kept.Reserve(SizeOfKeptCells());
        int open = 0;
        for (int i = 0; i < openCells.Count; i++)
        {
            int index = openCells[i];
            var cell = cells[index];
            if (keptCells.Contains(index))
            {
                Move(cell, kept);
            }
            else if (index == tensor.Index || (other.Owner is not null && index == other.Index))
            {
                Move(cell, carried[turn]);
                openCells[open++] = index;
            }
            else
            {
                cell.IsForgotten = true;
            }
        }

        openCells.RemoveRange(open, openCells.Count - open);
        carried[1 - turn].Reset();
        arena.ResetTogether();
    }

    private static long SizeOf(Tensor tensor) => tensor.Owner is null ? 0 : Arena.SizeOf(tensor.Shape.Count);

    private long SizeOfKeptCells()
    {
        long size = 0;
        foreach (int index in openCells)
        {
            size += keptCells.Contains(index) && cells[index].Storage is null ? Arena.SizeOf(cells[index].Shape.Count) : 0;
        }

        return size;
    }

    /// <summary>Of the points met since the last call, those that were asked for.</summary>
    private void FindKeptCells()
    {
        keptCells.Clear();
        int stay = seenPoints;
        for (int i = seenPoints; i < points.Count; i++)
        {
            if (keep.Contains(points[i].Point.Name))
            {
                keptCells.Add(points[i].Tensor.Index);
                points[stay++] = points[i];
            }
        }

        points.RemoveRange(stay, points.Count - stay);
        places.Clear();
        placed = 0;
        seenPoints = stay;
    }

    /// <summary>Gives a cell memory of its own in an arena; columns of another become a tensor by themselves.</summary>
    private static void Move(Cell cell, Arena arena)
    {
        if (cell.Storage is not null)
        {
            return;
        }

        float* own = arena.Take(cell.Shape.Count);
        int length = cell.Shape.Rank >= 2 ? cell.Shape[^2] : 1;
        for (int row = 0; row < cell.Rows; row++)
        {
            float* from = cell.Value + (row / length * cell.SentenceStride) + (row % length * cell.Stride);
            new ReadOnlySpan<float>(from, cell.Columns).CopyTo(new Span<float>(own + ((nint)row * cell.Columns), cell.Columns));
        }

        cell.Value = own;
        (cell.Stride, cell.SentenceStride, cell.Parent) = (cell.Columns, (nint)length * cell.Columns, null);
    }
}
