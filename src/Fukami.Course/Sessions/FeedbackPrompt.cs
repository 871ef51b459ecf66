namespace Fukami.Course;

/// <summary>One question about the session.</summary>
/// <param name="Id">The stable name.</param>
/// <param name="Text">The question.</param>
public sealed record FeedbackPrompt(string Id, string Text);
