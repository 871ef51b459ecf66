using System.Diagnostics;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Times the training step of a workload, beside the machine's own ceiling measured in the same run.</summary>
public static class Benchmark
{
    private const int FewestSteps = 5;
    private const int MostSteps = 2000;

    /// <summary>Times a workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="team">Threads.</param>
    /// <param name="time">How long to go on timing; at least five steps are timed.</param>
    /// <param name="progress">Told the share done after each step.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static BenchmarkResult Run(Workload workload, ThreadTeam team, TimeSpan time, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        (Transformer model, TokenBatch text) = Prepare(workload);
        var tape = new Tape(team);
        var optimizer = new AdamW(model.Parameters, weightDecay: 0.1f, team: team);

        // the first steps take memory and let the compiler do its work
        var warm = Stopwatch.StartNew();
        for (int i = 0; i < 3 || (warm.Elapsed < time / 4 && i < MostSteps); i++)
        {
            OneStep();
        }

        double ceiling = Ceiling.Measure(team);
        var passes = new List<double>();
        var steps = new List<double>();
        long allocated = 0;
        long start = Stopwatch.GetTimestamp();
        while (steps.Count < FewestSteps || (Stopwatch.GetElapsedTime(start) < time && steps.Count < MostSteps))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            (double pass, double step) = OneStep();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            passes.Add(pass);
            steps.Add(step);
            progress?.Invoke(Math.Min(steps.Count / (double)FewestSteps, Stopwatch.GetElapsedTime(start) / time));
        }

        // twice, because whatever else the machine did can only have lowered it
        ceiling = Math.Max(ceiling, Ceiling.Measure(team));
        return new BenchmarkResult(
            workload, model.ParameterCount, model.MatrixParameterCount, steps.Count,
            TimeSpan.FromSeconds(Median(passes)), TimeSpan.FromSeconds(Median(steps)), ceiling, allocated);

        (double Pass, double Step) OneStep()
        {
            cancellation.ThrowIfCancellationRequested();
            long begin = Stopwatch.GetTimestamp();
            tape.Begin(training: true);
            Tensor loss = model.Loss(tape, text);
            tape.Backward(loss);
            double pass = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            optimizer.Step(1e-4f);
            return (pass, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }
    }

    /// <summary>Where the time of a workload's passes goes: each kind of step's share of the first thread's time, the largest first.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="team">Threads.</param>
    /// <param name="cancellation">Stops after the current pass.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<(string Part, double Share)> Profile(Workload workload, ThreadTeam team, CancellationToken cancellation = default)
    {
        const int warmUp = 3, passes = 10;
        (Transformer model, TokenBatch text) = Prepare(workload);
        var tape = new Tape(team);
        var profile = new PassProfile();
        for (int pass = 0; pass < warmUp + passes; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            tape.Profile = pass < warmUp ? null : profile;
            tape.Begin(training: true);
            tape.Backward(model.Loss(tape, text));
            foreach (Parameter parameter in model.Parameters)
            {
                parameter.ClearGradient();
            }
        }

        double all = profile.Parts.Sum(p => p.Seconds);
        return [.. profile.Parts.Select(p => (p.Part, p.Seconds / all))];
    }

    private static (Transformer Model, TokenBatch Text) Prepare(Workload workload) => (
        Transformer.Init(workload.Model, new RandomSource(1)),
        RandomText.Of(workload.Batch, workload.Model.Length, workload.Model.Vocabulary, new RandomSource(2)));

    /// <summary>The middle of some figures.</summary>
    internal static double Median(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
