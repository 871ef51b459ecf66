using System.Collections.Concurrent;
using System.Diagnostics;
using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>Runs trials on all cores: many side by side, each on a thread; a few large ones one after the other, on all threads.</summary>
internal static class Trials
{
    /// <summary>
    /// Runs every trial once and reports the findings, in the order of the trials; while it runs, whoever listens can have the report of what is finished.
    /// Cancelled, it begins no further trial, and the missing findings are null.
    /// </summary>
    /// <param name="trials">In the order in which they should begin: seed by seed, so that an interrupted run has whole seeds.</param>
    /// <param name="report">Makes the report of the findings, of which at least one is there. Called on any thread, several times.</param>
    /// <param name="progress">Told after each trial, and within long ones.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <param name="memory">Has findings of earlier runs, and keeps those of this one.</param>
    /// <param name="oneByOne">Whether trials have something in common, so that none may begin before the last has ended; each has all threads.</param>
    /// <exception cref="OperationCanceledException">It was cancelled before the first finding.</exception>
    /// <exception cref="SettingException">They need more memory than there is.</exception>
    public static Report Run<T>(
        IReadOnlyList<Trial<T>> trials,
        Func<T?[], Report> report,
        IProgress<ExperimentProgress>? progress,
        CancellationToken cancellation,
        ExperimentMemory? memory = null,
        bool oneByOne = false)
        where T : class
    {
        var watch = Stopwatch.StartNew();
        T?[] found = [.. trials.Select(t => memory?.Find<T>(t.Key))];
        int[] open = [.. Enumerable.Range(0, found.Length).Where(i => found[i] is null)];
        int remembered = found.Length - open.Length;
        ThreadTeam team = ThreadTeam.Shared;
        double bytes = trials.Max(t => t.Bytes), all = Math.Max(1, trials.Sum(t => t.Operations)), toDo = open.Sum(i => trials[i].Operations);
        MemoryBudget.Check(bytes);

        // Side by side nobody waits for anybody. But a trial that is most of the work, or fills the memory, gets all threads.
        bool sideBySide = !oneByOne
            && open.Length >= team.Threads
            && open.Max(i => trials[i].Operations) * team.Threads <= Math.Max(1, toDo) * 1.5
            && MemoryBudget.Fits(bytes * team.Threads);
        double done = all - toDo;
        bool any = remembered > 0;
        var parts = new double[trials.Count];
        var telling = new Lock(); // one listener's call at a time
        var gate = new Lock(); // around the findings alone, so that whoever asks for a report waits for no listener
        if (Array.FindLastIndex(found, f => f is not null) is >= 0 and int last)
        {
            Tell(last, 0, trials[last].Say(found[last]!));
        }

        Workbenches benches = memory?.Benches ?? new Workbenches();
        var taken = new ConcurrentBag<Workbench>();
        WorkQueue.Run(open.Length, sideBySide ? team.Threads : 1, NewWorker, cancellation);
        foreach (Workbench bench in taken)
        {
            benches.GiveBack(bench);
        }

        return any ? Describe(found, running: false) : throw new OperationCanceledException(cancellation);

        Action<int> NewWorker()
        {
            Workbench bench = benches.Take(alone: sideBySide);
            taken.Add(bench);
            var tape = new Tape(bench.Team, bench.Space);
            return job =>
            {
                int i = open[job];
                var context = new TrialContext(tape, bench.Space, (share, figure) => Tell(i, share, figure), cancellation);
                try
                {
                    T result = trials[i].Measure(context);
                    memory?.Keep(trials[i].Key, result);
                    lock (telling) // whoever is told of a finding gets a report of what has been told so far
                    {
                        lock (gate)
                        {
                            (found[i], any) = (result, true);
                        }

                        Tell(i, 1, trials[i].Say(result));
                    }
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    // the trial is left out; those that are done count
                }
            };
        }

        void Tell(int trial, double share, LocalizedText figure)
        {
            lock (telling)
            {
                double part = share * trials[trial].Operations;
                done += part - parts[trial];
                parts[trial] = part;
                progress?.Report(new ExperimentProgress(Math.Min(1, done / all), figure) { SoFar = any ? SoFar : null });
            }
        }

        Report SoFar()
        {
            T?[] finished;
            lock (gate)
            {
                finished = [.. found];
            }

            return Describe(finished, running: true);
        }

        Report Describe(T?[] findings, bool running) =>
            report(findings).At(watch.Elapsed, isComplete: !findings.Contains(null), running) with { Remembered = remembered };
    }
}
