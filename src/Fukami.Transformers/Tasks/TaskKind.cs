namespace Fukami.Transformers;

/// <summary>A task that makes its own examples.</summary>
/// <param name="Name">What <c>--task</c> calls it.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Vocabulary">A vocabulary that suits it, for whoever sets none.</param>
/// <param name="Create">Makes it for a model's kind, vocabulary and length, with a seed.</param>
public sealed record TaskKind(string Name, Bilingual Explanation, int Vocabulary, Func<TransformerSettings, ulong, ITrainingSource> Create) : Choice(Name, Explanation);
