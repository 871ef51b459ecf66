using System.Runtime.ExceptionServices;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Pieces of weights that are read by as many threads as compute. Each fills a place of its own, so the order does not matter.</summary>
internal static class ReadingPieces
{
    /// <summary>Numbers of a piece: 4 MB.</summary>
    public const int Numbers = 1 << 20;

    /// <summary>Reads all pieces.</summary>
    /// <exception cref="CheckpointException">One of them cannot be read.</exception>
    public static void Run(IReadOnlyList<Action> pieces)
    {
        int next = -1;
        try
        {
            System.Threading.Tasks.Parallel.For(0, Math.Min(ThreadTeam.Shared.Threads, pieces.Count), _ =>
            {
                for (int piece = Interlocked.Increment(ref next); piece < pieces.Count; piece = Interlocked.Increment(ref next))
                {
                    try
                    {
                        pieces[piece]();
                    }
                    catch
                    {
                        // nobody need begin another
                        Volatile.Write(ref next, pieces.Count);
                        throw;
                    }
                }
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
