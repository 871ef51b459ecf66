namespace Fukami.Course;

/// <summary>A step of a session is on the screen.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="Step">The block's id.</param>
/// <param name="ElapsedSeconds">Time spent in the session so far, without pauses.</param>
public sealed record StepReached(string Session, string Step, double ElapsedSeconds) : StudyEvent;
