using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Something to understand, small enough to be known or not.</summary>
/// <param name="Id">The stable name, for example <c>residual-connection</c>.</param>
/// <param name="Title">Its name.</param>
/// <param name="Summary">What knowing it means, in a sentence.</param>
/// <param name="AtWork">Why it matters at work, in a sentence.</param>
/// <param name="Prerequisites">Ids of the concepts that it builds on.</param>
/// <param name="Misconceptions">What people get wrong of it.</param>
public sealed record Concept(
    string Id,
    LocalizedText Title,
    LocalizedText Summary,
    LocalizedText AtWork,
    IReadOnlyList<string> Prerequisites,
    IReadOnlyList<Misconception> Misconceptions);
