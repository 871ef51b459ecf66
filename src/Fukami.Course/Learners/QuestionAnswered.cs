namespace Fukami.Course;

/// <summary>A question was answered.</summary>
/// <param name="Source">Where: <c>baseline</c>, a session's id, or <c>review</c>.</param>
/// <param name="Question">The question's id.</param>
/// <param name="Seed">What was drawn followed from this.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Shown">The answer as a person reads it.</param>
/// <param name="Judgement">How it came out.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record QuestionAnswered(string Source, string Question, ulong Seed, GivenAnswer Answer, string Shown, Judgement Judgement, double Seconds) : StudyEvent;
