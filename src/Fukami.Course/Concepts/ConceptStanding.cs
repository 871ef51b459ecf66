namespace Fukami.Course;

/// <summary>Where a learner stands with one concept, and the answer that it rests on.</summary>
/// <param name="Concept">The concept's id.</param>
/// <param name="State">Where the learner stands.</param>
/// <param name="Misconception">Id of the misconception that the last wrong answer showed; none if it showed none.</param>
/// <param name="Question">Id of the question that the state rests on; none if nothing was asked.</param>
/// <param name="Answer">What the learner answered, as a person reads it.</param>
public sealed record ConceptStanding(string Concept, ConceptState State, string? Misconception = null, string? Question = null, string? Answer = null);
