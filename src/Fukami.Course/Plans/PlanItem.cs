namespace Fukami.Course;

/// <summary>A session in a learner's plan.</summary>
/// <param name="Session">The session.</param>
/// <param name="IsWritten">Whether it can be studied already; else its experiments show its subject.</param>
/// <param name="Need">What the learner needs of it.</param>
/// <param name="Gaps">The standings of its concepts that are not known, as far as anything is known of them.</param>
/// <param name="Reason">Why it is here, in a sentence that names the learner's own answer where there is one.</param>
public sealed record PlanItem(SessionOutline Session, bool IsWritten, PlanNeed Need, IReadOnlyList<ConceptStanding> Gaps, string Reason);
