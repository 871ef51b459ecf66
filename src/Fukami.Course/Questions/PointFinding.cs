namespace Fukami.Course;

/// <summary>What was found of a rubric's point in an answer.</summary>
/// <param name="Point">The point's id.</param>
/// <param name="IsFound">Whether the answer shows it.</param>
/// <param name="Quote">The learner's words that show it, that contradict it, or that leave the judge unsure; none if there are none.</param>
/// <param name="IsContradicted">Whether the answer uses the point's words and says something false.</param>
/// <param name="IsUnsure">
/// Whether the judge cannot tell: a question, a doubt, a negation that may not be meant for the point, or a chat model that credits what the program reads
/// as a denial (then it may also be contradicted). The point is not credited, and the learner decides.
/// </param>
public sealed record PointFinding(string Point, bool IsFound, string? Quote = null, bool IsContradicted = false, bool IsUnsure = false);
