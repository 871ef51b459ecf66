namespace Fukami.Web;

/// <summary>
/// Who comes next: learners take turns, whatever the number of runs that each has waiting, and among equals whoever came first. A turn is a number that grows with
/// every run of a learner; whoever comes after a pause begins at the turn that is on. Not thread-safe.
/// </summary>
internal sealed class FairOrder
{
    private readonly Dictionary<Guid, int> next = [];
    private int turn;

    /// <summary>The waiting runs in the order in which they will begin.</summary>
    /// <param name="waiting">As they came.</param>
    public IReadOnlyList<QueuedRun> Of(IReadOnlyList<QueuedRun> waiting)
    {
        var turns = new Dictionary<Guid, int>();
        return [.. waiting.Select(run => (Run: run, Turn: turns[run.Learner] = turns.TryGetValue(run.Learner, out int last) ? last + 1 : TurnOf(run.Learner))).OrderBy(entry => entry.Turn).Select(entry => entry.Run)];
    }

    /// <summary>Notes that a run begins: its learner's next one has a later turn.</summary>
    public void Begin(QueuedRun run)
    {
        turn = TurnOf(run.Learner);
        next[run.Learner] = turn + 1;
        foreach (Guid past in next.Where(entry => entry.Value <= turn).Select(entry => entry.Key).ToList())
        {
            next.Remove(past);
        }
    }

    private int TurnOf(Guid learner) => Math.Max(turn, next.GetValueOrDefault(learner));
}
