namespace Fukami.Course;

/// <summary>The learner's own judgement of an answer in words: they have the last word on every point.</summary>
public static class LearnerJudgement
{
    /// <summary>The judgement that follows from the points that the learner finds in their answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="points">A finding for every point, in the rubric's order.</param>
    public static Judgement Of(OpenQuestion question, IReadOnlyList<PointFinding> points) => Marks.Of(question.Rubric, points) with { Judge = JudgeKind.Learner };
}
