namespace Fukami.Tensors;

/// <summary>Rows of past positions (keys or values) that later passes read: (batch, capacity, width), filled from the front.</summary>
public sealed unsafe class SequenceCache
{
    private readonly MemoryBlock memory;

    /// <summary>Room for a number of positions.</summary>
    public SequenceCache(int batch, int capacity, int width)
    {
        var shape = new Shape(batch, capacity, width);
        (Batch, Capacity, Width) = (batch, capacity, width);
        memory = new MemoryBlock(shape.Count);
    }

    /// <summary>Sentences.</summary>
    public int Batch { get; }

    /// <summary>Numbers of a position.</summary>
    public int Width { get; }

    /// <summary>Positions held.</summary>
    public int Length { get; internal set; }

    /// <summary>Positions that fit.</summary>
    public int Capacity { get; }

    internal float* Pointer => memory.Pointer;

    /// <summary>Forgets all positions from this one on.</summary>
    public void Truncate(int length)
    {
        if (length < 0 || length > Length)
        {
            throw new ArgumentOutOfRangeException(nameof(length), $"The cache holds {Length} positions and cannot be cut to {length}.");
        }

        Length = length;
    }
}
