namespace Fukami.Tensors;

/// <summary>
/// A named array of numbers that outlives a pass: a parameter, a running statistic, an optimizer's moment.
/// Its memory is aligned, never moves, and lives as long as anybody holds the storage or a span of it; nobody disposes it.
/// Not thread-safe.
/// </summary>
public unsafe class Storage
{
    private readonly MemoryBlock memory;

    /// <summary>Zeros of the given shape.</summary>
    /// <exception cref="ArgumentException">More numbers than a span can hold.</exception>
    public Storage(string name, Shape shape)
    {
        if (shape.Count < 1 || shape.Count > Array.MaxLength)
        {
            throw new ArgumentException($"{name} of shape {shape} would hold {shape.Count} numbers; 1 to {Array.MaxLength} are possible.", nameof(shape));
        }

        (Name, Shape) = (name, shape);
        memory = new MemoryBlock(shape.Count);
    }

    /// <summary>The name under which a checkpoint keeps it, for example <c>blocks.0.attn.out.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The extents.</summary>
    public Shape Shape { get; }

    /// <summary>The numbers, row by row.</summary>
    public Span<float> Values => new(memory.Pointer, (int)Shape.Count);

    internal float* Pointer => memory.Pointer;
}
