namespace Fukami.Cli;

/// <summary>Lets a part of the work, such as an experiment within a session, be stopped by Ctrl-C while the rest goes on. Thread-safe.</summary>
internal sealed class Interrupts
{
    private readonly Lock gate = new();
    private CancellationTokenSource? taker;

    /// <summary>Ctrl-C was pressed.</summary>
    /// <returns>Whether a part of the work took it; else the whole command stops.</returns>
    public bool Signal()
    {
        lock (gate)
        {
            if (taker is null || taker.IsCancellationRequested)
            {
                return false;
            }

            taker.Cancel();
            return true;
        }
    }

    /// <summary>Does work that the next Ctrl-C stops, and nothing else.</summary>
    /// <param name="work">The work.</param>
    /// <param name="stop">Stops the whole command.</param>
    public async Task<T> StoppableAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        using var own = CancellationTokenSource.CreateLinkedTokenSource(stop);
        lock (gate)
        {
            taker = own;
        }

        try
        {
            return await work(own.Token);
        }
        finally
        {
            lock (gate)
            {
                taker = null;
            }
        }
    }
}
