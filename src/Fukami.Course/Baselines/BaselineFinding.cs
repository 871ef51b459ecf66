namespace Fukami.Course;

/// <summary>A wrong answer in the baseline test, what is so instead, and where it will be treated.</summary>
/// <param name="Question">The question's id.</param>
/// <param name="Concept">The concept that it asks about.</param>
/// <param name="Answer">What was answered, as a person reads it.</param>
/// <param name="Misconception">The misconception that the answer shows; none if it shows none that the course knows.</param>
/// <param name="Correction">What is so instead, in a sentence or two; empty if the course says nothing of this answer.</param>
/// <param name="Session">The session that teaches the concept; none if none does.</param>
/// <param name="Section">The section in which it is asked about; none as long as the session is not written.</param>
public sealed record BaselineFinding(string Question, Concept Concept, string Answer, Misconception? Misconception, string Correction, SessionOutline? Session, Section? Section);
