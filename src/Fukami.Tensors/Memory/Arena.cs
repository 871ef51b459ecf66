namespace Fukami.Tensors;

/// <summary>
/// Memory for one pass: taken piece by piece from large blocks, given back all at once. The blocks stay for the next pass.
/// </summary>
internal sealed unsafe class Arena
{
    private const long FirstBlock = 1 << 18;
    private const long LargestBlock = 1 << 26;
    private const long Line = 16;

    private readonly List<MemoryBlock> blocks = [];
    private int current;
    private long used;

    /// <summary>Floats in all blocks.</summary>
    public long Capacity { get; private set; }

    /// <summary>Floats in all pieces.</summary>
    public long Taken { get; private set; }

    /// <summary>Forgets all pieces.</summary>
    public void Reset() => (current, used, Taken) = (0, 0, 0);

    /// <summary>A piece of uninitialised memory that begins on a cache line.</summary>
    public float* Take(long floats)
    {
        // One line between pieces keeps rows of equal length in different sets of the cache.
        long needed = ((floats + Line - 1) / Line * Line) + Line;
        while (current < blocks.Count && used + needed > blocks[current].Floats)
        {
            (current, used) = (current + 1, 0);
        }

        if (current == blocks.Count)
        {
            long next = Math.Max(needed, Math.Clamp(Capacity, FirstBlock, LargestBlock));
            blocks.Add(new MemoryBlock(next));
            Capacity += next;
        }

        float* piece = blocks[current].Pointer + used;
        used += needed;
        Taken += needed;
        return piece;
    }
}
