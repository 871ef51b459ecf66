using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>One thread's place in a team, and memory of its own for intermediate results.</summary>
/// <param name="index">0 to <paramref name="count"/> − 1.</param>
/// <param name="count">Threads of the team.</param>
internal sealed unsafe class Worker(int index, int count)
{
    private readonly MemoryBlock[] scratch = [new(1 << 16), new(1 << 14), new(1 << 14)];

    private float* ahead;
    private float* aheadEnd;

    /// <summary>0 to <see cref="Count"/> − 1.</summary>
    public int Index { get; } = index;

    /// <summary>Threads of the team.</summary>
    public int Count { get; } = count;

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

    /// <summary>Notes memory that a later step will read, to be asked for while the current one computes.</summary>
    public void LookAhead(float* memory, long floats)
    {
        ahead = memory;
        aheadEnd = memory + floats;
    }

    /// <summary>Asks for the next few lines of what was noted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AskAhead(nint lines)
    {
        float* end = ahead + (lines * Prefetching.FloatsOfLine);
        end = end < aheadEnd ? end : aheadEnd;
        for (; ahead < end; ahead += Prefetching.FloatsOfLine)
        {
            Prefetching.AskForLater(ahead);
        }
    }

    /// <summary>This worker's share of <paramref name="units"/> pieces of work: [first, end).</summary>
    public (int First, int End) Share(int units) =>
        ((int)((long)units * Index / Count), (int)((long)units * (Index + 1) / Count));
}
