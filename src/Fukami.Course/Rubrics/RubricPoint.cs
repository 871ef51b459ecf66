using Fukami.Lab;

namespace Fukami.Course;

/// <summary>One thing that a good answer says.</summary>
/// <param name="Id">The stable name.</param>
/// <param name="Point">The point, in a sentence.</param>
/// <param name="IsEssential">Whether an answer without it is not right.</param>
/// <param name="English">What counts as evidence in an English answer.</param>
/// <param name="Japanese">What counts as evidence in a Japanese answer.</param>
public sealed record RubricPoint(string Id, LocalizedText Point, bool IsEssential, RubricEvidence English, RubricEvidence Japanese)
{
    /// <summary>What counts as evidence in one language.</summary>
    public RubricEvidence In(Language language) => language == Language.Japanese ? Japanese : English;
}
