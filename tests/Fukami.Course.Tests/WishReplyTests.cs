using Fukami.Lab;

namespace Fukami.Course.Tests;

/// <summary>What follows from a wish, and from what is none.</summary>
public sealed class WishReplyTests
{
    private const string First = "residual-and-normalization";
    private const string Second = "query-key-value";

    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    [Theory]
    [InlineData("That was too fast for me", Language.English, "up to the end of “By hand” (24 min), and the rest (31 min)")]
    [InlineData("Please go slower.", Language.English, "two sittings")]
    [InlineData("少し速すぎました", Language.Japanese, "2 回に分けましょう")]
    [InlineData("もっとゆっくりお願いします", Language.Japanese, "「手で計算する」の終わりまで（24 分）")]
    [InlineData("more code, please", Language.English, "The section “Reading the implementation”")]
    [InlineData("実装も見たい", Language.Japanese, "実装のコードを読みます")]
    [InlineData("It was too easy", Language.English, "not settled yet")]
    [InlineData("簡単すぎました", Language.Japanese, "質問は飛ばせます")]
    public void A_wish_that_is_understood_says_what_is_done_for_it(string wish, Language language, string expected) =>
        Assert.Contains(expected, Reply(wish, Second, language), StringComparison.Ordinal);

    [Theory]
    [InlineData("It was not too fast", Language.English)]
    [InlineData("less code", Language.English)]
    [InlineData("the encoder", Language.English)]
    [InlineData("速すぎないペースでした", Language.Japanese)]
    [InlineData("コードは不要です", Language.Japanese)]
    [InlineData("why one divides by √d", Language.English)]
    [InlineData("", Language.English)]
    public void Of_other_words_nothing_is_claimed(string wish, Language language) => Assert.Null(Reply(wish, Second, language));

    [Fact]
    public void Where_a_session_reads_no_code_it_says_which_one_does() =>
        Assert.Contains("“Query, key and value” does", Reply("more code", First, Language.English), StringComparison.Ordinal);

    [Fact]
    public void Who_wants_to_go_faster_is_told_what_they_know_already()
    {
        Session session = Course.Session(Second, Language.English)!;
        Section section = session.Sections.First(section => section.Id == "mask");
        StudyEvent[] events = [.. section.Blocks.OfType<Question>().SelectMany(question => Enumerable.Repeat(question, 2)).Select(question =>
            new QuestionAnswered("review", question.Id, 1, new ChosenOptions(["a"]), "", new Judgement(Outcome.Right, 1), 1) { At = default })];
        Assert.Contains($"“{section.Title}”", WishReply.Of("faster", session, LearnerState.Of(Course, events)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_answers_the_last_wish_at_the_session_that_is_next()
    {
        LearnerState state = LearnerState.Of(Course, [new FeedbackGiven(First, "wish", "more code") { At = default }, new FeedbackGiven(First, "wish", "too fast") { At = default }]);
        Assert.Contains("two sittings", StudyPlan.Of(state, Language.English).Items[0].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("two sittings", StudyPlan.Of(state, Language.English).Items[1].Reason, StringComparison.Ordinal);
    }

    private static string? Reply(string wish, string session, Language language) => WishReply.Of(wish, Course.Session(session, language)!, LearnerState.Of(Course, []));
}
