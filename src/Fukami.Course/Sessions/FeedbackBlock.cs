namespace Fukami.Course;

/// <summary>Questions to the learner about the session; the next session's opening answers what was said.</summary>
/// <param name="Prompts">Each with its id: <c>insight</c>, <c>doubt</c>, <c>wish</c>.</param>
/// <param name="Markdown">An introduction.</param>
public sealed record FeedbackBlock(IReadOnlyList<FeedbackPrompt> Prompts, string Markdown) : Block;
