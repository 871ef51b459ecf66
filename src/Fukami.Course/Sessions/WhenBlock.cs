namespace Fukami.Course;

/// <summary>Blocks for learners in a given state; the text may contain <c>{{answer}}</c> and <c>{{misconception}}</c>.</summary>
/// <param name="Concept">The concept's id.</param>
/// <param name="States">The states in which it is shown.</param>
/// <param name="Misconception">Shown only for this misconception; none for any.</param>
/// <param name="Blocks">The blocks within.</param>
public sealed record WhenBlock(string Concept, IReadOnlyList<ConceptState> States, string? Misconception, IReadOnlyList<Block> Blocks) : Block
{
    /// <inheritdoc/>
    public override IReadOnlyList<Block> Inner => Blocks;
}
