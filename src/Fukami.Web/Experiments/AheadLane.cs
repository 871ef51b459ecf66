using Fukami.Lab;

namespace Fukami.Web;

/// <summary>
/// Measures ahead what learners are likely to ask for next, while nobody waits for anything: whoever asks has the machine at once, and what was cut short goes on
/// afterwards from where it was. Its findings go into the memory, and nowhere else. Thread-safe.
/// </summary>
internal sealed partial class AheadLane : IDisposable
{
    private const int MostWaiting = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly ExperimentQueue queue;
    private readonly ExperimentMemory memory;
    private readonly ILogger<AheadLane> log;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim bell = new(0);
    private readonly List<Ahead> waiting = [];
    private Ahead? measured;
    private CancellationTokenSource? going;
    private volatile bool isClosed;

    /// <summary>A lane beside a queue.</summary>
    /// <param name="queue">The runs that come first.</param>
    /// <param name="memory">Where the findings go.</param>
    /// <param name="log">Takes errors that have no sentence.</param>
    public AheadLane(ExperimentQueue queue, ExperimentMemory memory, ILogger<AheadLane> log)
    {
        (this.queue, this.memory, this.log) = (queue, memory, log);
        queue.Taken += GiveWay;
        new Thread(Work) { IsBackground = true, Name = "fukami-ahead", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <summary>Measures ahead for a page, in place of what it had here. First figures come before whole runs, so that every step has some soon.</summary>
    /// <param name="page">The page.</param>
    /// <param name="shown">What is on it.</param>
    /// <param name="next">What may come next, the likeliest first.</param>
    public void Measure(object page, Report shown, IReadOnlyList<SettingValues> next)
    {
        lock (gate)
        {
            Drop(page);
            if (!shown.Experiment.Remembers || waiting.Count + next.Count + NextSteps.Likeliest > MostWaiting)
            {
                return;
            }

            waiting.AddRange(next.Select(settings => new Ahead(page, shown, settings, IsWhole: false)));
            waiting.AddRange(next.Take(NextSteps.Likeliest).Select(settings => new Ahead(page, shown, settings, IsWhole: true)));
        }

        bell.Release();
    }

    /// <summary>Drops what a page has here.</summary>
    public void StopOf(object page)
    {
        lock (gate)
        {
            Drop(page);
        }
    }

    /// <summary>Stops; nothing is measured ahead afterwards.</summary>
    public void Dispose()
    {
        queue.Taken -= GiveWay;
        isClosed = true;
        GiveWay(this, EventArgs.Empty);
        bell.Release();
    }

    private void GiveWay(object? sender, EventArgs e)
    {
        lock (gate)
        {
            going?.Cancel();
        }
    }

    private void Drop(object page)
    {
        waiting.RemoveAll(ahead => ahead.Page == page);
        if (measured?.Page == page)
        {
            going?.Cancel();
        }
    }

    private void Work()
    {
        while (!isClosed)
        {
            bell.Wait(IsEmpty ? Timeout.InfiniteTimeSpan : Patience);
            while (!isClosed && Begin() is var (ahead, stop))
            {
                using (stop)
                {
                    End(ahead, isDone: Run(ahead, stop));
                }
            }
        }
    }

    private bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return waiting.Count == 0;
            }
        }
    }

    // within the gate, so that a run that is taken meanwhile finds what it stops
    private (Ahead Ahead, CancellationTokenSource Stop)? Begin()
    {
        lock (gate)
        {
            return waiting is [{ } first, ..] && queue.IsIdle ? (measured = first, going = new CancellationTokenSource()) : null;
        }
    }

    // what gave way stays and is tried again, unless its page has gone on
    private void End(Ahead ahead, bool isDone)
    {
        lock (gate)
        {
            (measured, going) = (null, null);
            if (isDone)
            {
                waiting.Remove(ahead);
            }
        }
    }

    private bool Run(Ahead ahead, CancellationTokenSource stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        try
        {
            _ = ahead.Shown.Experiment.Run(ahead.Settings, memory, new Listener(ahead, enough), enough.Token);
        }
        catch (OperationCanceledException)
        {
            return !stop.IsCancellationRequested;
        }
        catch (LabException)
        {
            // one stop further is not possible
        }
        catch (Exception e)
        {
            Failed(log, e);
        }

        return !stop.IsCancellationRequested;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A run ahead failed")]
    private static partial void Failed(ILogger logger, Exception error);

    /// <summary>A run that nobody has asked for yet.</summary>
    /// <param name="Page">The page that may ask.</param>
    /// <param name="Shown">What is on it.</param>
    /// <param name="Settings">Of the run.</param>
    /// <param name="IsWhole">Whether all of it is measured, and not only until a chart could show something new.</param>
    private sealed record Ahead(object Page, Report Shown, SettingValues Settings, bool IsWhole);

    private sealed class Listener(Ahead ahead, CancellationTokenSource enough) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            if (!ahead.IsWhole && !enough.IsCancellationRequested && value.SoFar is { } soFar && ReportPanel.HasNews(soFar(), ahead.Shown))
            {
                enough.Cancel();
            }
        }
    }
}
