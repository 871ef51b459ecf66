namespace Fukami.Course;

/// <summary>
/// What counts as evidence for a point in one language. An answer shows the point when one of its sentences, or two neighbours, has a phrase of every
/// group, and none of what speaks against it.
/// </summary>
/// <param name="Groups">Groups of phrases that mean the same here; each group must be met.</param>
/// <param name="Against">Phrases and turns that make such a sentence false, for example “gets smaller” where it must grow, or a negation.</param>
public sealed record RubricEvidence(IReadOnlyList<IReadOnlyList<string>> Groups, IReadOnlyList<string> Against);
