using Fukami.Lab;

namespace Fukami.Course.Tests;

public sealed class ShippedCourseTests
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    [Fact]
    public void Both_languages_have_the_same_blocks()
    {
        foreach (Session english in Course.Sessions(Language.English))
        {
            Session? japanese = Course.Session(english.Id, Language.Japanese);
            Assert.NotNull(japanese);
            Assert.Equal(english.AllBlocks.Select(block => (block.Id, block.GetType())), japanese.AllBlocks.Select(block => (block.Id, block.GetType())));
        }
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Japanese)]
    public void Session_1_has_its_three_parts_and_its_questions(Language language)
    {
        Session session = Course.Session("residual-and-normalization", language)!;
        Assert.Equal(["opening", "residual", "normalization", "together", "closing"], session.Sections.Select(section => section.Id));
        Assert.Equal(session.Minutes, session.Sections.Sum(section => section.Minutes));
        var choice = (ChoiceQuestion)session.Questions.Single(question => question.Id == "large-without-skip");
        Assert.Equal([false, true, false], choice.Options.Select(option => option.IsRight));
        Assert.All(choice.Options, option => Assert.DoesNotContain("[", option.Text[..1], StringComparison.Ordinal));
        Assert.All(choice.Options, option => Assert.DoesNotContain(">", option.Feedback, StringComparison.Ordinal));
        var number = (NumberQuestion)session.Questions.Single(question => question.Id == "normalize-by-hand");
        Assert.Contains("{{features}}", number.Prompt, StringComparison.Ordinal);
        Assert.Contains("{{mean}}", number.Explanation, StringComparison.Ordinal);
        var open = (OpenQuestion)session.Questions.Single(question => question.Id == "why-deep");
        Assert.Equal(5, open.Rubric.Points.Count);
        Assert.DoesNotContain(":::", open.ModelAnswer + open.Prompt, StringComparison.Ordinal);
    }
}
