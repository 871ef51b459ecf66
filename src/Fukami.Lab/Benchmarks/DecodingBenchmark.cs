using System.Diagnostics;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Times tokens that a model writes one after another, each between two readings of memory that no cache holds.</summary>
public static class DecodingBenchmark
{
    private const int FewestTokens = 5;
    private const int WarmUp = 4;

    /// <summary>Times a workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="team">Threads.</param>
    /// <param name="time">How long to go on timing; at least five tokens are timed.</param>
    /// <param name="readingBytes">The buffer that is read to measure the memory.</param>
    /// <param name="progress">Told the share done after each token.</param>
    /// <param name="cancellation">Stops after the current token.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DecodingResult Run(DecodingWorkload workload, ThreadTeam team, TimeSpan time, long readingBytes = MemoryReading.DefaultBytes, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var writer = new Writer(workload, team);
        var reading = new MemoryReading(team, readingBytes);
        for (int i = 0; i < WarmUp; i++)
        {
            writer.Token();
        }

        var tokens = new List<double>();
        var readings = new List<double> { reading.Read() };
        long allocated = 0;
        long start = Stopwatch.GetTimestamp();
        while (tokens.Count < FewestTokens || Stopwatch.GetElapsedTime(start) < time)
        {
            cancellation.ThrowIfCancellationRequested();
            long before = GC.GetAllocatedBytesForCurrentThread();
            double seconds = writer.Token();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            tokens.Add(seconds);
            readings.Add(reading.Read());
            progress?.Invoke(Math.Min(tokens.Count / (double)FewestTokens, Stopwatch.GetElapsedTime(start) / time));
        }

        double weightBytes = sizeof(float) * (double)writer.Model.MatrixParameterCount;
        double bytes = weightBytes + workload.CacheBytes;
        double[] shares = [.. tokens.Select((seconds, i) => bytes / seconds / ((readings[i] + readings[i + 1]) / 2))];
        return new DecodingResult(
            workload, writer.Model.ParameterCount, weightBytes, tokens.Count,
            TimeSpan.FromSeconds(Benchmark.Median(tokens)), TimeSpan.FromSeconds(tokens.Min()),
            Benchmark.Median(readings), readings.Max(), Benchmark.Median(shares), allocated);
    }

    /// <summary>Where the time of a token goes: each kind of step's share of the first thread's time, the largest first.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="team">Threads.</param>
    /// <param name="cancellation">Stops after the current token.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<(string Part, double Share)> Profile(DecodingWorkload workload, ThreadTeam team, CancellationToken cancellation = default)
    {
        const int tokens = 32;
        var writer = new Writer(workload, team);
        var profile = new PassProfile();
        for (int i = 0; i < WarmUp + tokens; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Tape.Profile = i < WarmUp ? null : profile;
            writer.Token();
        }

        double all = profile.Parts.Sum(part => part.Seconds);
        return [.. profile.Parts.Select(part => (part.Part, part.Seconds / all))];
    }

    /// <summary>A model with random weights that writes, and begins anew where the workload says so.</summary>
    private sealed class Writer
    {
        private readonly DecodingWorkload workload;
        private readonly IDecodingModel decoder;
        private readonly KeyValueCache cache;
        private readonly Sampler likeliest = new(new GenerationSettings { Temperature = 0 });
        private readonly TokenBatch one = new(1, 1);

        public Writer(DecodingWorkload workload, ThreadTeam team)
        {
            this.workload = workload;
            Model = Transformer.Init(workload.Model, new RandomSource(1));
            Model.PrepareForWriting();
            Tape = new Tape(team);
            decoder = (IDecodingModel)Model;
            cache = decoder.NewCache();
            Tape.Begin(keep: []);
            Write(RandomText.Of(1, workload.FirstPosition, workload.Model.Vocabulary, new RandomSource(2)));
        }

        public Transformer Model { get; }

        public Tape Tape { get; }

        /// <summary>Writes a token, and says how many seconds it took.</summary>
        public double Token()
        {
            if (cache.Length == workload.FirstPosition + workload.Tokens)
            {
                cache.Truncate(workload.FirstPosition);
            }

            long start = Stopwatch.GetTimestamp();
            Tape.Begin();
            Write(one);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        private void Write(TokenBatch batch) => one.Ids[0] = likeliest.Next(decoder.Next(Tape, batch, cache).Values, 0);
    }
}
