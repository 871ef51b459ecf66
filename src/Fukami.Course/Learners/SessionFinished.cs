namespace Fukami.Course;

/// <summary>A session was read to its end.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="ElapsedSeconds">Time spent, without pauses.</param>
public sealed record SessionFinished(string Session, double ElapsedSeconds) : StudyEvent;
