namespace Fukami.Course;

/// <summary>What is to be said of an answer.</summary>
/// <param name="Outcome">How it came out.</param>
/// <param name="Score">From 0 to 1.</param>
/// <param name="Misconception">Id of the misconception that it shows; none if it shows none.</param>
/// <param name="Points">For an open question: each point of the rubric with what was found.</param>
/// <param name="Judge">Who judged.</param>
public sealed record Judgement(Outcome Outcome, double Score, string? Misconception = null, IReadOnlyList<PointFinding>? Points = null, JudgeKind Judge = JudgeKind.Offline)
{
    /// <summary>Neither right nor wrong.</summary>
    public static Judgement None { get; } = new(Outcome.NotJudged, 0);
}
