namespace Fukami.Course;

/// <summary>How a session went.</summary>
/// <param name="ElapsedSeconds">Time spent, without pauses.</param>
/// <param name="PlannedSeconds">Time planned.</param>
/// <param name="Right">Questions answered rightly.</param>
/// <param name="Judged">Questions that were judged.</param>
/// <param name="Predictions">The predictions beside what was measured.</param>
/// <param name="Answers">All answers, in the order of the session.</param>
public sealed record SessionSummary(
    double ElapsedSeconds, double PlannedSeconds, int Right, int Judged, IReadOnlyList<MeasuredPrediction> Predictions, IReadOnlyList<QuestionAnswered> Answers);
