namespace Fukami.Tensors;

/// <summary>
/// Memory for one pass: taken piece by piece from large blocks, given back all at once. The blocks stay for the next pass.
/// </summary>
internal sealed unsafe class Arena
{
    private const long FirstBlock = 1 << 18;
    private const long LargestBlock = 1 << 26;
    private const long Share = 8; // a new block is this part of all before, so that little is left over at the end
    private const long Line = 16;

    private readonly List<MemoryBlock> blocks = [];
    private int current;
    private long used;
    private long most;

    /// <summary>Floats in all blocks.</summary>
    public long Capacity { get; private set; }

    /// <summary>Floats in all pieces.</summary>
    public long Taken { get; private set; }

    /// <summary>Forgets all pieces.</summary>
    public void Reset() => (current, used, Taken) = (0, 0, 0);

    /// <summary>Forgets all pieces, and where they lay in several blocks, goes on with one of just the size that they took together.</summary>
    public void ResetTogether()
    {
        most = Math.Max(most, Taken);
        if (blocks.Count > 1)
        {
            blocks.Clear();
            Capacity = 0;
            Add(most);
        }

        Reset();
    }

    /// <summary>What a piece takes: one line between pieces keeps rows of equal length in different sets of the cache.</summary>
    public static long SizeOf(long floats) => ((floats + Line - 1) / Line * Line) + Line;

    /// <summary>Sees to it that the next pieces, of this size together, need no block that is larger than they are.</summary>
    public void Reserve(long floats)
    {
        if (FindBlock(floats) == blocks.Count && floats > 0)
        {
            Add(floats);
        }
    }

    /// <summary>A piece of uninitialised memory that begins on a cache line.</summary>
    public float* Take(long floats)
    {
        long at = Place(floats);
        return blocks[current].Pointer + at;
    }

    /// <summary>As <see cref="Take"/>, with what keeps it alive.</summary>
    public MemoryBlock TakeBlock(long floats)
    {
        long at = Place(floats);
        return blocks[current].Part(at, floats);
    }

    /// <summary>Makes room in the current block; returns where in it.</summary>
    private long Place(long floats)
    {
        long needed = SizeOf(floats);
        if (FindBlock(needed) == blocks.Count)
        {
            Add(Math.Max(needed, Math.Clamp(Capacity / Share, FirstBlock, LargestBlock)));
        }

        long at = used;
        used += needed;
        Taken += needed;
        return at;
    }

    /// <summary>Goes on to the first block from here on that has room.</summary>
    private int FindBlock(long floats)
    {
        while (current < blocks.Count && used + floats > blocks[current].Floats)
        {
            (current, used) = (current + 1, 0);
        }

        return current;
    }

    private void Add(long floats)
    {
        blocks.Add(new MemoryBlock(floats));
        Capacity += floats;
    }
}
