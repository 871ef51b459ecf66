namespace Fukami.Course;

/// <summary>Things to put in order.</summary>
/// <param name="Items">The items in the right order, in Markdown.</param>
/// <param name="Feedback">Why it is the order, in Markdown.</param>
public sealed record OrderQuestion(IReadOnlyList<string> Items, string Feedback) : Question;
