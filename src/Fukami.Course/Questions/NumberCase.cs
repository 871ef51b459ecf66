namespace Fukami.Course;

/// <summary>One drawn case of a number question.</summary>
/// <param name="Names">The values of the <c>{{names}}</c> in the prompt and the explanation.</param>
/// <param name="Key">The right number, computed by the engine.</param>
/// <param name="Mistakes">What each known mistake would give, with the misconception's id; numbers that equal the key within the tolerance are left out.</param>
public sealed record NumberCase(IReadOnlyDictionary<string, string> Names, double Key, IReadOnlyList<NumberMistake> Mistakes);
