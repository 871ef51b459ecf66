namespace Fukami.Web;

/// <summary>Runs of one size, worked through by threads of their own. Thread-safe.</summary>
internal sealed class QueueLane : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim bell = new(0);
    private readonly FairOrder fair = new();
    private readonly List<QueuedRun> waiting = [];
    private readonly List<QueuedRun> running = [];
    private readonly Action<Exception> failed;
    private readonly int threads;
    private volatile bool isClosed;

    /// <summary>A lane.</summary>
    /// <param name="name">Of its threads.</param>
    /// <param name="threads">How many runs it has at once.</param>
    /// <param name="failed">Told of errors that have no sentence.</param>
    public QueueLane(string name, int threads, Action<Exception> failed)
    {
        (this.failed, this.threads) = (failed, threads);
        for (int i = 0; i < threads; i++)
        {
            new Thread(Work) { IsBackground = true, Name = $"fukami-{name}-{i + 1}", Priority = ThreadPriority.BelowNormal }.Start();
        }
    }

    /// <summary>Whether nothing runs or waits here.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return running.Count == 0 && waiting.TrueForAll(run => run.Completion.IsCompleted);
            }
        }
    }

    /// <summary>Takes a run, unless too many wait.</summary>
    /// <param name="run">The run.</param>
    /// <param name="most">The most that may wait.</param>
    /// <param name="mostOfOne">The most that one learner may have waiting.</param>
    public bool TryAdd(QueuedRun run, int most, int mostOfOne)
    {
        lock (gate)
        {
            waiting.RemoveAll(other => other.Completion.IsCompleted);
            if (isClosed || waiting.Count >= most || waiting.Count(other => other.Learner == run.Learner) >= mostOfOne)
            {
                return false;
            }

            waiting.Add(run);
        }

        bell.Release();
        return true;
    }

    /// <summary>Stops what a page has here.</summary>
    public void StopOf(object page)
    {
        QueuedRun[] its;
        lock (gate)
        {
            its = [.. waiting.Concat(running).Where(run => ReferenceEquals(run.Page, page))];
            waiting.RemoveAll(run => ReferenceEquals(run.Page, page));
        }

        foreach (QueuedRun run in its)
        {
            run.Stop();
        }
    }

    /// <summary>How many runs come before this one, and about how many seconds they take; none if it does not wait.</summary>
    public (int Before, double Seconds)? PlaceOf(QueuedRun run)
    {
        lock (gate)
        {
            IReadOnlyList<QueuedRun> order = fair.Of([.. waiting.Where(other => !other.Completion.IsCompleted)]);
            int at = order.ToList().IndexOf(run);
            return at < 0 ? null : (at + running.Count, (order.Take(at).Sum(other => other.Seconds) + running.Sum(other => other.SecondsLeft)) / threads);
        }
    }

    /// <summary>Stops everything; nothing runs here afterwards.</summary>
    public void Dispose()
    {
        isClosed = true;
        lock (gate)
        {
            foreach (QueuedRun run in waiting.Concat(running))
            {
                run.Stop();
            }

            waiting.Clear();
        }

        bell.Release(threads);
    }

    private void Work()
    {
        while (true)
        {
            bell.Wait();
            if (isClosed)
            {
                return;
            }

            if (Next() is { } run)
            {
                run.Run(failed);
                lock (gate)
                {
                    running.Remove(run);
                }
            }
        }
    }

    private QueuedRun? Next()
    {
        lock (gate)
        {
            waiting.RemoveAll(run => run.Completion.IsCompleted);
            if (fair.Of(waiting) is not [{ } next, ..])
            {
                return null;
            }

            fair.Begin(next);
            waiting.Remove(next);
            running.Add(next);
            return next;
        }
    }
}
