using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>One thread's place in a team, and memory of its own for intermediate results.</summary>
/// <param name="index">0 to <paramref name="count"/> − 1.</param>
/// <param name="count">Threads of the team.</param>
/// <param name="turns">The team's, where there is more than one thread.</param>
internal sealed unsafe class Worker(int index, int count, Turns? turns = null)
{
    private readonly MemoryBlock[] scratch = [new(1 << 16), new(1 << 14), new(1 << 14)];

    /// <summary>Pieces of all steps in turns of this pass before the current one, of all threads together.</summary>
    private int piecesBefore;

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

    /// <summary>A new pass begins, in which no step has been done in turns.</summary>
    public void BeginPass() => piecesBefore = 0;

    /// <summary>In a step in turns: waits until another thread has finished its piece of this number, counted over the whole step from 0.</summary>
    public void AwaitPiece(int thread, int piece) => turns?.Await(thread, piecesBefore + piece + 1);

    /// <summary>In a step in turns: this thread's piece of this number is finished. A thread's pieces are finished in the order of their numbers.</summary>
    public void FinishPiece(int piece) => turns?.Finish(Index, piecesBefore + piece + 1);

    /// <summary>Ends a step in turns, which had so many pieces: every thread says so, also one that had none.</summary>
    public void EndTurns(int pieces) => piecesBefore += pieces;

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
