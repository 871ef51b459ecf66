namespace Fukami.Course;

/// <summary>The learner said something of a session.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="Prompt">The prompt's id: insight, doubt, wish.</param>
/// <param name="Text">The words.</param>
public sealed record FeedbackGiven(string Session, string Prompt, string Text) : StudyEvent;
