namespace Fukami.Course;

/// <summary>What a good answer to an open question says, as points; in a file of its own, <c>rubrics/{question}.yaml</c>, for both languages.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Points">The points.</param>
public sealed record Rubric(string Id, IReadOnlyList<RubricPoint> Points);
