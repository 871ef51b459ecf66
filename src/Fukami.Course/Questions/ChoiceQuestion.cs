namespace Fukami.Course;

/// <summary>One or several of some options.</summary>
/// <param name="Options">The options in the order of the file.</param>
/// <param name="IsMultiple">Whether several may be right, and all of them are asked for.</param>
/// <param name="Shuffles">Whether the options are shown in another order each time.</param>
public sealed record ChoiceQuestion(IReadOnlyList<AnswerOption> Options, bool IsMultiple, bool Shuffles) : Question;
