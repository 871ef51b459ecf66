using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>
/// How fast all threads of a team together read memory that no cache holds: the limit of whatever reads each number once, as
/// <see cref="Ceiling"/> is that of what multiplies and adds. Each thread reads its part with the widest vectors in several streams side by side,
/// and asks for lines ahead. Not thread-safe.
/// </summary>
public sealed unsafe class MemoryReading
{
    /// <summary>Bytes of the buffer unless another number is given: several times the largest last cache.</summary>
    public const long DefaultBytes = 1L << 30;

    private const int Parts = 2;

    private readonly ThreadTeam team;
    private readonly MemoryBlock memory;
    private readonly Reads reads;

    /// <summary>A buffer in huge pages where there are such. The number of streams that is fastest on this machine is found out.</summary>
    /// <param name="team">The threads to measure.</param>
    /// <param name="bytes">The buffer's size.</param>
    public MemoryReading(ThreadTeam team, long bytes = DefaultBytes)
    {
        ArgumentNullException.ThrowIfNull(team);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1 << 20);
        this.team = team;
        memory = new MemoryBlock(bytes / sizeof(float));
        Touch(memory);
        reads = new Reads(memory);
        FindStreams();
    }

    // pages that nobody has written to are all one page of zeros, and would be read from the nearest cache
    private static void Touch(MemoryBlock memory)
    {
        const int page = 4096 / sizeof(float);
        for (long i = 0; i < memory.Floats; i += page)
        {
            memory.Pointer[i] = 1;
        }
    }

    /// <summary>Streams of each thread.</summary>
    public int Streams => reads.Streams;

    /// <summary>Bytes a second of one reading of half the buffer; the next call reads the other half.</summary>
    public double Read()
    {
        reads.Part = (reads.Part + 1) % Parts;
        long start = Stopwatch.GetTimestamp();
        team.Run(reads);
        return reads.Bytes(team.Threads) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void FindStreams()
    {
        const int rounds = 3;
        double best = 0;
        int streams = 0;
        for (int round = 0; round < rounds; round++)
        {
            foreach (int tried in (ReadOnlySpan<int>)[1, 2, 4, 8])
            {
                reads.Streams = tried;
                double speed = Read();
                (best, streams) = speed > best ? (speed, tried) : (best, streams);
            }
        }

        reads.Streams = streams;
    }

    private sealed class Reads(MemoryBlock memory) : IProgram
    {
        private const int FloatsOfRound = 8 * 16;

        public int Streams { get; set; } = 1;

        public int Part { get; set; }

        public int Steps => 1;

        public bool MustWait(int step) => false;

        /// <summary>Bytes that all threads read together.</summary>
        public double Bytes(int threads) => (double)threads * Streams * FloatsOfStream(threads) * sizeof(float);

        public void Run(int step, Worker worker)
        {
            nint floats = FloatsOfStream(worker.Count);
            float* start = memory.Pointer + (Part * memory.Floats / Parts / 16 * 16) + (worker.Index * Streams * floats);
            Widest.Run(new Sums(start, floats, Streams, worker.Scratch(16, drawer: 1)));
        }

        private nint FloatsOfStream(int threads) => (nint)(memory.Floats / Parts / threads / Streams / FloatsOfRound * FloatsOfRound);
    }

    /// <summary>The sum of what is read, so that it is read: eight lines a round, dealt to the streams.</summary>
    private readonly struct Sums(float* start, nint floats, int streams, float* sink) : IKernel
    {
        /// <summary>Floats from what is read to what is asked for.</summary>
        private const int Ahead = 1024;

        private readonly float* start = start;
        private readonly nint floats = floats;
        private readonly int streams = streams;
        private readonly float* sink = sink;

        [MethodImpl(Compiled.ByItself)]
        public void Run<V>()
            where V : struct, IVector<V>
        {
            nint step = V.Count * 8 / streams;
            nint s1 = streams == 8 ? floats : V.Count;
            nint s2 = streams == 8 ? 2 * floats : streams == 4 ? floats : 2 * V.Count;
            nint s4 = streams == 1 ? 4 * V.Count : streams * floats / 2;
            V a = V.Of(0f), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
            float* low = start;
            float* high = start + s4;
            for (nint i = 0; i < floats; i += step)
            {
                Prefetching.AskForLater(low + Ahead);
                Prefetching.AskForLater(low + s1 + Ahead);
                Prefetching.AskForLater(low + s2 + Ahead);
                Prefetching.AskForLater(low + s2 + s1 + Ahead);
                Prefetching.AskForLater(high + Ahead);
                Prefetching.AskForLater(high + s1 + Ahead);
                Prefetching.AskForLater(high + s2 + Ahead);
                Prefetching.AskForLater(high + s2 + s1 + Ahead);
                a += V.Load(low);
                b += V.Load(low + s1);
                c += V.Load(low + s2);
                d += V.Load(low + s2 + s1);
                e += V.Load(high);
                f += V.Load(high + s1);
                g += V.Load(high + s2);
                h += V.Load(high + s2 + s1);
                low += step;
                high += step;
            }

            V.Store(a + b + c + d + e + f + g + h, sink);
        }
    }
}
