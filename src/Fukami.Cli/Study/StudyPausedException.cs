namespace Fukami.Cli;

/// <summary>The learner leaves for now: q, the end of the input, or Ctrl-C.</summary>
/// <param name="isInterrupted">Whether by Ctrl-C.</param>
internal sealed class StudyPausedException(bool isInterrupted) : Exception("The learner pauses.")
{
    /// <summary>Whether by Ctrl-C.</summary>
    public bool IsInterrupted { get; } = isInterrupted;
}
