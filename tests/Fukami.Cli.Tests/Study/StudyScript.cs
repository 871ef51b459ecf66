using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli.Tests;

/// <summary>What a learner without a baseline test types at each step of a session; experiments are left out.</summary>
internal static class StudyScript
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    public static IEnumerable<(string Block, string Typed)> Of(string session, string language) =>
        Course.Session(session, language == "ja" ? Language.Japanese : Language.English)!.Sections.SelectMany(section => section.Blocks).Where(block => block is not WhenBlock).Select(block => (block.Id, Typed(block)));

    public static string Typed(Block block) => block switch
    {
        ChoiceQuestion => "1\n\n",
        OrderQuestion order => string.Join(' ', Enumerable.Range(1, order.Items.Count)) + "\n\n",
        OpenQuestion => "The skip path carries the gradient past the sublayers.\n\n\n\n",
        Question => "0.1\n\n",
        ExperimentBlock => "s\n",
        FeedbackBlock => "the measurement\nwhy one divides by √d\n\n",
        _ => "\n",
    };
}
