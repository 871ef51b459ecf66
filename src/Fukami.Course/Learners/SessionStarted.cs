namespace Fukami.Course;

/// <summary>A session was begun.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="Run">Which time, from 1.</param>
/// <param name="Seed">What is drawn in it follows from this.</param>
public sealed record SessionStarted(string Session, int Run, ulong Seed) : StudyEvent;
