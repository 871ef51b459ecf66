using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Fukami.Tensors;

/// <summary>
/// Resident threads that work through a pass together. The number of threads never changes a result.
/// Between steps they wait for one another by spinning for some microseconds, then give the processor away;
/// between passes they sleep. The threads end when the team is collected. One pass at a time; calls from several threads take turns.
/// </summary>
public sealed class ThreadTeam
{
    /// <summary>The most threads that a team can have.</summary>
    public const int MostThreads = 256;

    private static readonly Lazy<ThreadTeam> SharedTeam = new(() => new ThreadTeam(DefaultThreads()));

    private readonly Crew crew;

    /// <summary>A team of this many threads, the calling one included.</summary>
    public ThreadTeam(int threads)
    {
        if (threads is < 1 or > MostThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), $"A team of {threads} threads was asked for; 1 to {MostThreads} are possible.");
        }

        crew = new Crew(threads);
    }

    /// <summary>Ends the threads.</summary>
    ~ThreadTeam() => crew?.Dismiss(); // null if the constructor threw

    /// <summary>The process's own team: FUKAMI_THREADS if set, else one thread a processor.</summary>
    public static ThreadTeam Shared => SharedTeam.Value;

    /// <summary>Threads, the calling one included.</summary>
    public int Threads => crew.Threads;

    /// <summary>All threads walk through the program; returns when the last has finished.</summary>
    internal void Run(IProgram program)
    {
        crew.Run(program);
        GC.KeepAlive(this);
    }

    private static int DefaultThreads() =>
        int.TryParse(Environment.GetEnvironmentVariable("FUKAMI_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= MostThreads
            ? threads
            : Math.Clamp(Environment.ProcessorCount, 1, MostThreads);

    /// <summary>What the threads hold on to: not the team itself, so that it can be collected.</summary>
    private sealed class Crew
    {
        private const int SpinsBeforeSleep = 2000;

        private readonly Worker[] workers;
        private readonly SemaphoreSlim[] bells;
        private readonly Lock turn = new();
        private IProgram? program;
        private Exception? failure;
        private bool started;
        private volatile bool dismissed;

        private PaddedInt order;
        private PaddedInt arrived;
        private PaddedInt passed;
        private PaddedInt[] asleep;

        public Crew(int threads)
        {
            Threads = threads;
            workers = new Worker[threads];
            bells = new SemaphoreSlim[threads];
            asleep = new PaddedInt[threads];
            for (int i = 0; i < threads; i++)
            {
                workers[i] = new Worker(i, threads);
                bells[i] = new SemaphoreSlim(0);
            }
        }

        public int Threads { get; }

        public void Run(IProgram work)
        {
            lock (turn)
            {
                program = work;
                if (Threads > 1)
                {
                    Start();
                    Interlocked.Increment(ref order.Value);
                    for (int i = 1; i < Threads; i++)
                    {
                        if (Interlocked.Exchange(ref asleep[i].Value, 0) == 1)
                        {
                            bells[i].Release();
                        }
                    }
                }

                Walk(work, workers[0]);
                program = null;
                if (Interlocked.Exchange(ref failure, null) is { } error)
                {
                    ExceptionDispatchInfo.Throw(error);
                }
            }
        }

        public void Dismiss()
        {
            dismissed = true;
            for (int i = 1; i < Threads && started; i++)
            {
                bells[i].Release();
            }
        }

        private void Start()
        {
            if (started)
            {
                return;
            }

            started = true;
            for (int i = 1; i < Threads; i++)
            {
                int index = i;
                new Thread(() => Serve(index)) { IsBackground = true, Name = $"Fukami {i}" }.Start();
            }
        }

        private void Serve(int index)
        {
            int seen = 0;
            while (!dismissed)
            {
                int current = Volatile.Read(ref order.Value);
                for (int spin = 0; current == seen && spin < SpinsBeforeSleep; spin++)
                {
                    Thread.SpinWait(4);
                    current = Volatile.Read(ref order.Value);
                }

                if (current == seen)
                {
                    Volatile.Write(ref asleep[index].Value, 1);
                    Interlocked.MemoryBarrier();
                    if (Volatile.Read(ref order.Value) != seen && Interlocked.Exchange(ref asleep[index].Value, 0) == 1)
                    {
                        continue;
                    }

                    bells[index].Wait();
                    continue;
                }

                seen = current;
                Walk(program!, workers[index]);
            }
        }

        private void Walk(IProgram work, Worker worker)
        {
            bool failed = false;
            int steps = work.Steps;
            for (int step = 0; step < steps; step++)
            {
                if (Threads > 1 && work.MustWait(step))
                {
                    WaitForAll();
                }

                if (failed)
                {
                    continue;
                }

                try
                {
                    work.Run(step, worker);
                }
                catch (Exception error)
                {
                    failed = true;
                    Interlocked.CompareExchange(ref failure, error, null);
                }
            }

            if (Threads > 1)
            {
                WaitForAll();
            }
        }

        private void WaitForAll()
        {
            int round = Volatile.Read(ref passed.Value);
            if (Interlocked.Increment(ref arrived.Value) == Threads)
            {
                Volatile.Write(ref arrived.Value, 0);
                Volatile.Write(ref passed.Value, round + 1);
                return;
            }

            var patience = default(Patience);
            while (Volatile.Read(ref passed.Value) == round)
            {
                patience.Wait();
            }
        }
    }
}
