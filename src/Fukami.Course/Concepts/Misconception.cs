using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Something wrong that people believe of a concept, and that an answer can show.</summary>
/// <param name="Id">The stable name, unique in the course, for example <c>normalizes-over-the-batch</c>.</param>
/// <param name="Belief">What is believed, as a sentence.</param>
/// <param name="Correction">What is so instead, in a sentence or two.</param>
/// <param name="Claim">The claim of the lab that shows it, as <c>experiment/claim</c>; none if there is none.</param>
public sealed record Misconception(string Id, LocalizedText Belief, LocalizedText Correction, string? Claim);
