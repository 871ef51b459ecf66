namespace Fukami.Tensors;

/// <summary>
/// A named array of numbers that outlives a pass: a parameter, a running statistic, an optimizer's moment.
/// Its memory is aligned, never moves, and lives as long as anybody holds the storage or a span of it; nobody disposes it. With a
/// <see cref="Workspace"/> it is that one's, until it takes it back. Not thread-safe.
/// </summary>
public unsafe class Storage
{
    private readonly MemoryBlock block; // keeps the memory alive
    private readonly float* numbers;
    private readonly Workspace? workspace;
    private readonly long round;

    /// <summary>Zeros of the given shape.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its extents.</param>
    /// <param name="workspace">Whose memory it takes; its own unless given.</param>
    /// <exception cref="ArgumentException">More numbers than a span can hold.</exception>
    public Storage(string name, Shape shape, Workspace? workspace = null)
    {
        if (shape.Count < 1 || shape.Count > Array.MaxLength)
        {
            throw new ArgumentException($"{name} of shape {shape} would hold {shape.Count} numbers; 1 to {Array.MaxLength} are possible.", nameof(shape));
        }

        (Name, Shape, this.workspace, round) = (name, shape, workspace, workspace?.Round ?? 0);
        block = NewBlock();
        numbers = block.Pointer;
        if (workspace is not null)
        {
            Values.Clear(); // a block of its own is zeros already
        }
    }

    /// <summary>The name under which a checkpoint keeps it, for example <c>blocks.0.attn.out.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The extents.</summary>
    public Shape Shape { get; }

    /// <summary>The numbers, row by row.</summary>
    /// <exception cref="InvalidOperationException">Its memory is in use for another model, or its numbers lie in panels.</exception>
    public Span<float> Values => new(Pointer, (int)Shape.Count);

    /// <summary>How the numbers lie.</summary>
    internal NumberOrder Order { get; private protected set; }

    /// <summary>Where the numbers are that lie in rows.</summary>
    internal float* Pointer => MemoryIn(NumberOrder.Rows);

    /// <summary>Where the numbers are, which lie in rows or in this order.</summary>
    internal float* MemoryIn(NumberOrder order)
    {
        if (Order is not NumberOrder.Rows && Order != order)
        {
            throw new InvalidOperationException($"{Name} lies in panels, for passes without gradients; its rows are no longer there.");
        }

        CheckRound();
        return numbers;
    }

    /// <summary>Memory of this size, of any content where it is not its own.</summary>
    private protected MemoryBlock NewBlock() => workspace is null ? new MemoryBlock(Shape.Count) : workspace.Take(Shape.Count);

    private protected void CheckRound()
    {
        if (workspace is not null && workspace.Round != round)
        {
            throw new InvalidOperationException($"{Name} belongs to an earlier model, whose memory is in use again.");
        }
    }
}
