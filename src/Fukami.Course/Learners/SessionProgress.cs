namespace Fukami.Course;

/// <summary>How a session went for a learner, the last time they began it.</summary>
/// <param name="session">The session's id.</param>
/// <param name="run">Which time, from 1.</param>
/// <param name="seed">What is drawn in it follows from this.</param>
/// <param name="started">When it was begun.</param>
public sealed class SessionProgress(string session, int run, ulong seed, DateTimeOffset started)
{
    private readonly Dictionary<string, ExperimentMeasured> measured = new(StringComparer.Ordinal);

    /// <summary>The session's id.</summary>
    public string Session { get; } = session;

    /// <summary>Which time, from 1.</summary>
    public int Run { get; } = run;

    /// <summary>What is drawn in it follows from this.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>When it was begun.</summary>
    public DateTimeOffset Started { get; } = started;

    /// <summary>The block that was last on the screen; none before the first.</summary>
    public string? Step { get; private set; }

    /// <summary>Time spent, without pauses, in seconds.</summary>
    public double ElapsedSeconds { get; private set; }

    /// <summary>Whether it was read to its end.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The last run of each experiment, by block.</summary>
    public IReadOnlyDictionary<string, ExperimentMeasured> Measured => measured;

    internal void Reach(StepReached reached) => (Step, ElapsedSeconds) = (reached.Step, Math.Max(ElapsedSeconds, reached.ElapsedSeconds));

    internal void Finish(SessionFinished finished) => (IsFinished, ElapsedSeconds) = (true, Math.Max(ElapsedSeconds, finished.ElapsedSeconds));

    internal void Measure(ExperimentMeasured happened) => measured[happened.Block] = happened;
}
