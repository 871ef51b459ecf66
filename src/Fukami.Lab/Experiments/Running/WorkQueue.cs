using System.Runtime.ExceptionServices;

namespace Fukami.Lab;

/// <summary>Works through independent jobs on several threads. The jobs do not know each other, so their results do not depend on the threads.</summary>
internal static class WorkQueue
{
    /// <summary>Runs every job once, in order of their numbers as far as threads are free. After an error or a cancellation no job is begun.</summary>
    /// <param name="jobs">How many jobs there are.</param>
    /// <param name="threads">Threads, the calling one included.</param>
    /// <param name="newWorker">Gives a thread what it needs for itself; its result runs one job.</param>
    /// <param name="cancellation">Begins no further job.</param>
    public static void Run(int jobs, int threads, Func<Action<int>> newWorker, CancellationToken cancellation)
    {
        int next = -1;
        ExceptionDispatchInfo? error = null;
        var others = new Thread[Math.Max(0, Math.Min(threads, jobs) - 1)];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(Work) { IsBackground = true, Name = $"fukami-lab-{i + 1}" };
            others[i].Start();
        }

        Work();
        foreach (Thread thread in others)
        {
            thread.Join();
        }

        error?.Throw();

        void Work()
        {
            try
            {
                Action<int> run = newWorker();
                while (error is null && !cancellation.IsCancellationRequested && Interlocked.Increment(ref next) is int job && job < jobs)
                {
                    run(job);
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref error, ExceptionDispatchInfo.Capture(e), null);
            }
        }
    }
}
