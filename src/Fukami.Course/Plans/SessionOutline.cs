using Fukami.Lab;

namespace Fukami.Course;

/// <summary>A session of the course, written or not yet.</summary>
/// <param name="Id">The stable name.</param>
/// <param name="Title">The title.</param>
/// <param name="Minutes">Minutes planned.</param>
/// <param name="Concepts">Ids of the concepts that it teaches.</param>
/// <param name="Experiments">Ids of the experiments that show its subject.</param>
public sealed record SessionOutline(string Id, LocalizedText Title, int Minutes, IReadOnlyList<string> Concepts, IReadOnlyList<string> Experiments);
