using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// The workbenches at which nobody works, for the runs to come: whoever changes one setting after the other would else have fresh memory taken, and given back by
/// a full collection, at every step. What they hold together is bounded. Thread-safe.
/// </summary>
internal sealed class Workbenches
{
    private const long MostBytes = 256 << 20;

    private readonly List<Workbench> idle = []; // the last used comes last
    private readonly Lock gate = new();

    /// <summary>A workbench for one thread alone, or for the team of all.</summary>
    public Workbench Take(bool alone)
    {
        lock (gate)
        {
            int found = idle.FindLastIndex(bench => bench.IsForOne == alone);
            if (found >= 0)
            {
                Workbench bench = idle[found];
                idle.RemoveAt(found);
                return bench;
            }
        }

        return new Workbench(alone ? new ThreadTeam(1) : ThreadTeam.Shared);
    }

    /// <summary>Takes one back, unless it holds too much by itself. If all together do, those go that nobody has used for longest.</summary>
    public void GiveBack(Workbench bench)
    {
        if (bench.Space.Bytes > MostBytes)
        {
            return;
        }

        lock (gate)
        {
            idle.Add(bench);
            while (idle.Sum(kept => kept.Space.Bytes) > MostBytes)
            {
                idle.RemoveAt(0);
            }
        }
    }
}
