namespace Fukami.Course;

/// <summary>The learner judged the last answer to an open question otherwise: the learner has the last word.</summary>
/// <param name="Source">As in the answer.</param>
/// <param name="Question">The question's id.</param>
/// <param name="Judgement">The learner's.</param>
public sealed record JudgementOverruled(string Source, string Question, Judgement Judgement) : StudyEvent;
