using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Web;

/// <summary>A run that waits, runs or has ended. Thread-safe.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A source of cancellation without a timer holds nothing.")]
internal sealed class QueuedRun : IProgress<ExperimentProgress>
{
    private readonly TaskCompletionSource<Report> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stop = new();
    private readonly IProgress<ExperimentProgress>? listener;
    private volatile ExperimentProgress? latest;
    private readonly long asked = Stopwatch.GetTimestamp();
    private long began;
    private long restUntil;

    /// <summary>A run that waits.</summary>
    /// <param name="learner">Whose it is.</param>
    /// <param name="page">The page that asked; a page has one run at a time.</param>
    /// <param name="run">The work.</param>
    /// <param name="seconds">About how long it will take.</param>
    /// <param name="listener">Told of the progress.</param>
    public QueuedRun(Guid learner, object page, Func<IProgress<ExperimentProgress>, CancellationToken, Report> run, double seconds, IProgress<ExperimentProgress>? listener)
    {
        (Learner, Page, Work, Seconds, this.listener) = (learner, page, run, seconds, listener);
        _ = ended.Task.ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default); // nobody has to look
    }

    /// <summary>Whose it is.</summary>
    public Guid Learner { get; }

    /// <summary>The page that asked.</summary>
    public object Page { get; }

    /// <summary>About how long all of it takes, in seconds, as estimated beforehand.</summary>
    public double Seconds { get; }

    /// <summary>The report; cancelled if it was stopped before its first figure. A <see cref="LabException"/> says what went wrong.</summary>
    public Task<Report> Completion => ended.Task;

    /// <summary>How long ago it was asked for.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(asked);

    /// <summary>Whether it has begun.</summary>
    public bool HasBegun => Volatile.Read(ref began) != 0;

    /// <summary>How far it is, and the report so far while it runs; none before the first piece of work.</summary>
    public ExperimentProgress? Latest => latest;

    /// <summary>About how many seconds of it are left: by what has been done, and before that by the estimate.</summary>
    public double SecondsLeft
    {
        get
        {
            if (Completion.IsCompleted)
            {
                return 0;
            }

            double gone = HasBegun ? Stopwatch.GetElapsedTime(Volatile.Read(ref began)).TotalSeconds : 0;
            return latest?.Done is > 0.02 and { } done ? gone * (1 - done) / done : Math.Max(0, Seconds - gone);
        }
    }

    internal bool IsStopped => stop.IsCancellationRequested;

    private Func<IProgress<ExperimentProgress>, CancellationToken, Report> Work { get; }

    /// <summary>Lets the machine to others for a moment: what the run is at is finished, and the next piece begins after that.</summary>
    public void Rest(TimeSpan time) => Volatile.Write(ref restUntil, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    /// <summary>Stops it. If it has begun it ends with what it has.</summary>
    public void Stop()
    {
        stop.Cancel();
        if (!HasBegun)
        {
            ended.TrySetCanceled(stop.Token);
        }
    }

    /// <summary>Takes what the experiment tells.</summary>
    public void Report(ExperimentProgress value)
    {
        latest = value;
        listener?.Report(value);
        if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), Volatile.Read(ref restUntil)) is { Ticks: > 0 } rest)
        {
            stop.Token.WaitHandle.WaitOne(rest);
        }
    }

    /// <summary>Runs it on this thread, to its end.</summary>
    /// <param name="failed">Told of an error that has no sentence.</param>
    internal void Run(Action<Exception> failed)
    {
        Volatile.Write(ref began, Stopwatch.GetTimestamp());
        try
        {
            ended.TrySetResult(Work(this, stop.Token));
        }
        catch (OperationCanceledException)
        {
            ended.TrySetCanceled(stop.Token);
        }
        catch (LabException e)
        {
            ended.TrySetException(e);
        }
        catch (Exception e) when (e is CheckpointException or TokenizerException)
        {
            ended.TrySetException(new QueueException(new LocalizedText($"The model cannot be used: {e.Message}", $"モデルを使えません: {e.Message}"), e));
        }
        catch (Exception e)
        {
            failed(e);
            ended.TrySetException(new QueueException(
                e is OutOfMemoryException
                    ? new LocalizedText("The run needs more memory than the machine has; choose smaller settings.", "この実行に必要なメモリがマシンにありません。設定を小さくしてください。")
                    : new LocalizedText("The run failed unexpectedly; the program's own output says more. Change the settings, or try again.", "予期しないエラーで実行に失敗しました。詳しくはプログラムの出力をご覧ください。設定を変えるか、もう一度実行してください。"),
                e));
        }
        finally
        {
            latest = latest is { } last ? last with { SoFar = null } : null; // whoever could still ask for a report would hold the nets in memory
        }
    }
}
