using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli.Tests;

public sealed class AnswerReaderTests
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    [Theory]
    [InlineData("0.35", 0.35)]
    [InlineData("0,35", 0.35)]
    [InlineData("−2", -2.0)]
    [InlineData("－２．５", -2.5)]
    [InlineData("50 %", 0.5)]
    [InlineData("1/32", 0.03125)]
    [InlineData("1e-3", 0.001)]
    [InlineData("3倍", 3.0)]
    public void Numbers_are_read_as_people_write_them(string typed, double value) => Assert.Equal(value, TypedText.Number(typed));

    [Theory]
    [InlineData("")]
    [InlineData("many")]
    [InlineData("1/0")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    public void What_is_no_number_is_refused(string typed) => Assert.Null(TypedText.Number(typed));

    [Fact]
    public void A_number_chooses_the_option_that_stands_there()
    {
        QuestionView view = View("base-residual-1");
        var chosen = Assert.IsType<ChosenOptions>(AnswerReader.Read(view, "２").Answer);
        Assert.Equal([view.Options[1].Id], chosen.Options);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("0")]
    [InlineData("1 2")]
    [InlineData("x")]
    public void An_option_that_is_not_there_is_refused_with_what_is_allowed(string typed)
    {
        (GivenAnswer? answer, LocalizedText? refusal) = AnswerReader.Read(View("base-residual-1"), typed);
        Assert.Null(answer);
        Assert.Contains("1 to 4", refusal!.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("d")]
    [InlineData("わからない")]
    [InlineData("I don’t know")]
    public void Not_knowing_is_an_answer_in_both_languages(string typed) => Assert.IsType<DoesNotKnow>(AnswerReader.Read(View("base-residual-1"), typed).Answer);

    [Theory]
    [InlineData("k")]
    [InlineData("以前は知っていた")]
    [InlineData("I knew this once")]
    public void Having_known_is_an_answer_in_both_languages(string typed) => Assert.IsType<KnewOnce>(AnswerReader.Read(View("base-residual-1"), typed).Answer);

    [Theory]
    [InlineData("6 5 4 3 2 1")]
    [InlineData("654321")]
    public void An_order_is_a_row_of_numbers(string typed)
    {
        QuestionView view = View("layer-order");
        Assert.Equal(view.Order.Reverse(), Assert.IsType<GivenOrder>(AnswerReader.Read(view, typed).Answer).Items);
    }

    [Fact]
    public void An_order_that_names_an_item_twice_is_refused() => Assert.Null(AnswerReader.Read(View("layer-order"), "1 1 2 3 4 5").Answer);

    private static QuestionView View(string id) => QuestionView.Of(Course.Question(id, Language.English)!, 7);
}
