using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Web;

/// <summary>
/// Runs experiments for all learners, off the threads that serve pages. Small runs have a lane of their own, so nobody's long run stands before them; in each lane
/// learners take turns, so everybody's first run comes before anybody's second. A page has one run: a new one takes the place of its last. Thread-safe.
/// </summary>
/// <param name="times">How long runs take.</param>
/// <param name="log">Takes errors that have no sentence.</param>
internal sealed partial class ExperimentQueue(RunTimes times, ILogger<ExperimentQueue> log) : IDisposable
{
    /// <summary>The longest run that is taken, in hours; longer ones are for the command.</summary>
    public const int MostHours = 2;

    private const int MostWaiting = 64;
    private const int MostOfOneLearner = 8;

    private readonly QueueLane small = new("small", Math.Max(2, Environment.ProcessorCount / 2), error => Failed(log, error));
    private readonly QueueLane large = new("large", 1, error => Failed(log, error));

    /// <summary>How long runs take.</summary>
    public RunTimes Times => times;

    /// <summary>Whether nothing runs or waits.</summary>
    public bool IsIdle => small.IsIdle && large.IsIdle;

    /// <summary>A run has been taken.</summary>
    public event EventHandler? Taken;

    /// <summary>Takes a run.</summary>
    /// <param name="learner">Whose it is.</param>
    /// <param name="page">The page that asks; its last run is stopped.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="settings">A value for every setting.</param>
    /// <param name="memory">What earlier runs left; none to measure everything anew.</param>
    /// <param name="progress">Told of the progress, on any thread.</param>
    /// <exception cref="LabException">The settings are impossible, the run would take too long, or too many wait.</exception>
    public QueuedRun Add(Guid learner, object page, Experiment experiment, SettingValues settings, ExperimentMemory? memory = null, IProgress<ExperimentProgress>? progress = null)
    {
        experiment.Check(settings);
        double seconds = times.Seconds(experiment, settings);
        if (seconds > TimeSpan.FromHours(MostHours).TotalSeconds)
        {
            throw new QueueException(new LocalizedText(
                $"This would take about {seconds / 3600:0} hours, and the app runs at most {MostHours}; choose smaller settings, or run it in a terminal: {RepeatingCommand.Of(experiment, settings)}",
                $"約 {seconds / 3600:0} 時間かかる見込みです。アプリで実行できるのは {MostHours} 時間までです。設定を小さくするか、端末で実行してください: {RepeatingCommand.Of(experiment, settings)}"));
        }

        var run = new QueuedRun(
            learner,
            page,
            (told, cancellation) =>
            {
                Report report = memory is null ? experiment.Run(settings, told, cancellation) : experiment.Run(settings, memory, told, cancellation);
                times.Learn(report);
                return report;
            },
            seconds,
            progress);
        StopOf(page);
        QueueLane lane = RunTimes.IsSmall(experiment, settings) ? small : large;
        if (!lane.TryAdd(run, MostWaiting, MostOfOneLearner))
        {
            throw new QueueException(new LocalizedText(
                "Too many runs are waiting; wait until one of them has ended, or stop one of yours.",
                "順番を待っている実行が多すぎます。どれかが終わるまで待つか、自分の実行を中断してください。"));
        }

        Taken?.Invoke(this, EventArgs.Empty);
        return run;
    }

    /// <summary>Runs an experiment to its end.</summary>
    /// <exception cref="LabException">It cannot be run, or failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before its first figure.</exception>
    public async Task<Report> RunAsync(
        Guid learner, object page, Experiment experiment, SettingValues settings, ExperimentMemory? memory = null, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        QueuedRun run = Add(learner, page, experiment, settings, memory, progress);
        await using CancellationTokenRegistration stopping = cancellation.Register(run.Stop);
        return await run.Completion;
    }

    /// <summary>Runs a session's experiments here.</summary>
    public ExperimentRunner RunnerOf(Guid learner, object page) =>
        (experiment, settings, progress, cancellation) => RunAsync(learner, page, experiment, settings, progress: progress, cancellation: cancellation);

    /// <summary>Stops what a page runs or waits for.</summary>
    public void StopOf(object page)
    {
        small.StopOf(page);
        large.StopOf(page);
    }

    /// <summary>How many runs come before a waiting one, and about how many seconds until it begins; none if it does not wait.</summary>
    public (int Before, double Seconds)? PlaceOf(QueuedRun run) => small.PlaceOf(run) ?? large.PlaceOf(run);

    /// <summary>Stops everything.</summary>
    public void Dispose()
    {
        small.Dispose();
        large.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A run failed")]
    private static partial void Failed(ILogger logger, Exception error);
}
