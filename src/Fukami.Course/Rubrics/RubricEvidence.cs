namespace Fukami.Course;

/// <summary>
/// What counts as evidence for a point in one language. An answer shows the point when one of its sentences, or two neighbours, has a phrase of every
/// group and does not deny it, and none of what speaks against it.
/// </summary>
/// <param name="Groups">Groups of phrases that mean the same here; each group must be met.</param>
/// <param name="Against">Phrases that make such a sentence false, for example “gets smaller” where it must grow.</param>
/// <param name="RulesOut">Words for what the point says does not happen, for example “vanish”: a sentence that negates one of them speaks for the point.</param>
public sealed record RubricEvidence(IReadOnlyList<IReadOnlyList<string>> Groups, IReadOnlyList<string> Against, IReadOnlyList<string> RulesOut);
