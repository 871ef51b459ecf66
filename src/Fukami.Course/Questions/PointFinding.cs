namespace Fukami.Course;

/// <summary>What was found of a rubric's point in an answer.</summary>
/// <param name="Point">The point's id.</param>
/// <param name="IsFound">Whether the answer shows it.</param>
/// <param name="Quote">The learner's words that show it, or that contradict it; none if there are none.</param>
/// <param name="IsContradicted">Whether the answer uses the point's words and says something false.</param>
public sealed record PointFinding(string Point, bool IsFound, string? Quote = null, bool IsContradicted = false);
