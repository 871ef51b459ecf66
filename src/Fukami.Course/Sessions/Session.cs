using Fukami.Lab;

namespace Fukami.Course;

/// <summary>A session of a course in one language.</summary>
/// <param name="Id">The stable name, for example <c>residual-and-normalization</c>; the file is <c>{number}-{id}.md</c>.</param>
/// <param name="Number">Its number in the course, from 1; 0 for the baseline test.</param>
/// <param name="Language">The language.</param>
/// <param name="Title">The title.</param>
/// <param name="Goal">What the learner can do afterwards, in a sentence.</param>
/// <param name="Minutes">Minutes planned.</param>
/// <param name="Concepts">Ids of the concepts that it teaches.</param>
/// <param name="Sections">Its parts in order.</param>
public sealed record Session(
    string Id, int Number, Language Language, string Title, string Goal, int Minutes, IReadOnlyList<string> Concepts, IReadOnlyList<Section> Sections)
{
    /// <summary>All blocks in order, those within <see cref="WhenBlock"/> behind it.</summary>
    public IEnumerable<Block> AllBlocks => Sections.SelectMany(section => section.Blocks).SelectMany(WithInner);

    /// <summary>All questions in order.</summary>
    public IEnumerable<Question> Questions => AllBlocks.OfType<Question>();

    private static IEnumerable<Block> WithInner(Block block) => block.Inner.SelectMany(WithInner).Prepend(block);
}
