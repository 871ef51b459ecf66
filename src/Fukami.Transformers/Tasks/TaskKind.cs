namespace Fukami.Transformers;

/// <summary>A task that makes its own examples.</summary>
/// <param name="Name">What <c>--task</c> calls it.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Vocabulary">A vocabulary that suits it, for whoever sets none; 0 if it follows from the task.</param>
/// <param name="Create">Makes it for a model's kind, vocabulary and length.</param>
public sealed record TaskKind(string Name, Bilingual Explanation, int Vocabulary, Func<TransformerSettings, TaskSettings, ITrainingSource> Create) : Choice(Name, Explanation)
{
    /// <summary>Whether it is a text in a language that can be chosen.</summary>
    public bool HasLanguages { get; init; }
}
