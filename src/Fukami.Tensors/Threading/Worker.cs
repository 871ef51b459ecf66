namespace Fukami.Tensors;

/// <summary>One thread's place in a team, and memory of its own for intermediate results.</summary>
/// <param name="index">0 to <paramref name="count"/> − 1.</param>
/// <param name="count">Threads of the team.</param>
internal sealed unsafe class Worker(int index, int count)
{
    private readonly MemoryBlock[] scratch = [new(1 << 16), new(1 << 14), new(1 << 14)];

    /// <summary>0 to <see cref="Count"/> − 1.</summary>
    public int Index { get; } = index;

    /// <summary>Threads of the team.</summary>
    public int Count { get; } = count;

    /// <summary>What its later steps read.</summary>
    public ReadAhead Later { get; } = new();

    /// <summary>
    /// Memory for the current step only; its content is arbitrary. Drawer 0 is the matrix product's, 1 and 2 an operation's own.
    /// A second call for the same drawer takes the first one's memory back.
    /// </summary>
    public float* Scratch(long floats, int drawer = 0)
    {
        if (floats > scratch[drawer].Floats)
        {
            scratch[drawer] = new MemoryBlock(Math.Max(floats, 2 * scratch[drawer].Floats));
        }

        return scratch[drawer].Pointer;
    }

    /// <summary>This worker's share of <paramref name="units"/> pieces of work: [first, end).</summary>
    public (int First, int End) Share(int units) =>
        ((int)((long)units * Index / Count), (int)((long)units * (Index + 1) / Count));
}
