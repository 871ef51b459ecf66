using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>Runs trials on all cores: many side by side, each on a thread; a few large ones one after the other, on all threads.</summary>
internal static class Trials
{
    /// <summary>
    /// Runs every trial once and gives the findings in the order of the trials. Cancelled, it begins no further trial and the missing
    /// findings are null.
    /// </summary>
    /// <param name="trials">In the order in which they should begin: seed by seed, so that an interrupted run has whole seeds.</param>
    /// <param name="progress">Told after each trial, and within long ones.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="OperationCanceledException">It was cancelled before the first finding.</exception>
    /// <exception cref="SettingException">They need more memory than there is.</exception>
    public static T?[] Run<T>(IReadOnlyList<Trial<T>> trials, IProgress<ExperimentProgress>? progress, CancellationToken cancellation)
        where T : class
    {
        var found = new T?[trials.Count];
        if (trials.Count == 0)
        {
            return found;
        }

        ThreadTeam team = ThreadTeam.Shared;
        double bytes = trials.Max(t => t.Bytes), all = Math.Max(1, trials.Sum(t => t.Operations));
        MemoryBudget.Check(bytes);

        // Side by side nobody waits for anybody. But a trial that is most of the work, or fills the memory, gets all threads.
        bool sideBySide = trials.Count >= team.Threads
            && trials.Max(t => t.Operations) * team.Threads <= all * 1.5
            && MemoryBudget.Fits(bytes * team.Threads);
        double done = 0;
        var parts = new double[trials.Count];
        var gate = new Lock();
        WorkQueue.Run(trials.Count, sideBySide ? team.Threads : 1, NewWorker, cancellation);
        return Array.TrueForAll(found, f => f is null) ? throw new OperationCanceledException(cancellation) : found;

        Action<int> NewWorker()
        {
            var tape = new Tape(sideBySide ? new ThreadTeam(1) : team);
            return i =>
            {
                var context = new TrialContext(tape, (share, figure) => Tell(i, share, figure), cancellation);
                try
                {
                    T result = trials[i].Measure(context);
                    found[i] = result;
                    Tell(i, 1, trials[i].Say(result));
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    // the trial is left out; those that are done count
                }
            };
        }

        void Tell(int trial, double share, LocalizedText figure)
        {
            lock (gate)
            {
                double part = share * trials[trial].Operations;
                done += part - parts[trial];
                parts[trial] = part;
                progress?.Report(new ExperimentProgress(Math.Min(1, done / all), figure));
            }
        }
    }
}
