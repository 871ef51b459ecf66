using CsCheck;
using Fukami.Lab;

namespace Fukami.Course.Tests;

public sealed class RubricJudgeTests(ITestOutputHelper output)
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    public static TheoryData<Language> Languages => [Language.English, Language.Japanese];

    [Theory]
    [MemberData(nameof(Languages))]
    public void At_least_85_percent_of_points_agree_with_marks_by_hand(Language language)
    {
        (int agree, int all) = Compare(language, _ => true);
        (int heldOut, int ofHeldOut) = Compare(language, IsHeldOut);
        output.WriteLine($"{language}: {agree} of {all} points agree; of answers that were not tuned on, {heldOut} of {ofHeldOut}.");
        Assert.True(agree >= 0.85 * all, $"{agree} of {all} points agree.");
        Assert.True(heldOut >= 0.85 * ofHeldOut, $"{heldOut} of {ofHeldOut} points of held-out answers agree.");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Short_spoken_answers_with_slips_agree_with_marks_by_hand_too(Language language)
    {
        int agree = 0;
        int all = 0;
        foreach (MarkedAnswer marked in MarkedAnswer.Read("colloquial.yaml").Where(answer => answer.Language == language))
        {
            PointFinding[] findings = [.. marked.Judge().Points!];
            agree += findings.Count(marked.AgreesWith);
            all += findings.Length;
            foreach (PointFinding finding in findings.Where(finding => !marked.AgreesWith(finding)))
            {
                output.WriteLine($"{marked.Question} {finding.Point}: found {finding.IsFound}, contradicted {finding.IsContradicted}, unsure {finding.IsUnsure} in: {marked.Text}");
            }
        }

        output.WriteLine($"{language}: {agree} of {all} points agree.");
        Assert.True(agree >= 0.85 * all, $"{agree} of {all} points agree.");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_false_sentence_with_the_rubrics_words_is_not_credited_and_said_to_be_false(Language language)
    {
        foreach (MarkedAnswer marked in Answers(language).Where(answer => answer.Kind == "false"))
        {
            Judgement judgement = marked.Judge();
            Assert.True(judgement.Points!.All(point => !point.IsFound), $"{marked.Text}: {string.Join(", ", judgement.Points!.Where(point => point.IsFound).Select(point => point.Point))}");
            Assert.True(judgement.Points!.Any(point => point.IsContradicted), marked.Text);
            Assert.Equal(Outcome.Wrong, judgement.Outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_model_answer_shows_every_point(Language language)
    {
        foreach (OpenQuestion question in Course.Sessions(language).SelectMany(session => session.Questions).OfType<OpenQuestion>())
        {
            Judgement judgement = RubricJudge.Judge(question.Rubric, question.ModelAnswer, language);
            Assert.True(judgement.Points!.All(point => point.IsFound), $"{question.Id}: {string.Join(", ", judgement.Points!.Where(point => !point.IsFound).Select(point => $"{point.Point} {point.Quote}"))}");
            Assert.Equal(1, judgement.Score);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_quote_is_the_learners_own_words(Language language)
    {
        foreach (MarkedAnswer marked in Answers(language))
        {
            Assert.All(marked.Judge().Points!.Where(point => point.Quote is not null), point => Assert.Contains(point.Quote!, marked.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Any_text_is_judged_without_failing() => Gen.String.Sample(text =>
    {
        foreach (OpenQuestion question in Course.Sessions(Language.English).SelectMany(session => session.Questions).OfType<OpenQuestion>())
        {
            Judgement judgement = RubricJudge.Judge(question.Rubric, text, Language.Japanese);
            Assert.InRange(judgement.Score, 0, 1);
        }
    });

    [Theory]
    [InlineData("the skip path does not carry the gradient ")]
    [InlineData("スキップ経路は勾配を運ばない")]
    [InlineData("x")]
    public void A_long_answer_without_a_full_stop_is_judged(string part)
    {
        string answer = string.Concat(Enumerable.Repeat(part, 20_000 / part.Length));
        Judgement judgement = RubricJudge.Judge(((OpenQuestion)Course.Question("why-deep", Language.English)!).Rubric, answer, part[0] > 'z' ? Language.Japanese : Language.English);
        Assert.NotEqual(Outcome.Right, judgement.Outcome);
    }

    [Theory]
    [InlineData("Does normalization keep the values in range?", Outcome.NotJudged)]
    [InlineData("Does normalization keep the values in range? The skip path carries the gradient.", Outcome.Partly)]
    [InlineData("Does normalization keep the values in range? The skip path does not carry the gradient.", Outcome.Wrong)]
    public void What_the_judge_is_unsure_of_is_left_to_the_learner(string answer, Outcome outcome)
    {
        Judgement judgement = RubricJudge.Judge(((OpenQuestion)Course.Question("why-deep", Language.English)!).Rubric, answer, Language.English);
        PointFinding finding = judgement.Points!.Single(point => point.Point == "norm-keeps-range");
        Assert.True(finding is { IsUnsure: true, IsFound: false, IsContradicted: false }, finding.ToString());
        Assert.Equal("Does normalization keep the values in range", finding.Quote);
        Assert.Equal(outcome, judgement.Outcome);
    }

    [Theory]
    [InlineData("The skip path carries the gradient. That is not true.", Language.English)]
    [InlineData("スキップ経路が勾配を運びます。それは間違いです。", Language.Japanese)]
    public void A_sentence_that_is_taken_back_is_denied(string answer, Language language) =>
        Assert.True(RubricJudge.Judge(((OpenQuestion)Course.Question("why-deep", language)!).Rubric, answer, language).Points!.Single(point => point.Point == "skip-carries-gradient").IsContradicted);

    [Theory]
    [InlineData("It depends.", Language.English)]
    [InlineData("It depends on my boss.", Language.English)]
    [InlineData("人によります。", Language.Japanese)]
    public void The_word_depends_alone_is_no_evidence_that_the_answer_depends_on_depth(string answer, Language language) =>
        Assert.DoesNotContain(RubricJudge.Judge(((OpenQuestion)Course.Question("most-important", language)!).Rubric, answer, language).Points!, point => point.IsFound);

    [Fact]
    public void An_empty_answer_is_wrong() =>
        Assert.Equal(Outcome.Wrong, RubricJudge.Judge(((OpenQuestion)Course.Question("why-deep", Language.English)!).Rubric, "  ", Language.English).Outcome);

    private static IReadOnlyList<MarkedAnswer> Answers(Language language) => MarkedAnswer.Read(language == Language.Japanese ? "ja.yaml" : "en.yaml");

    // every third was written before tuning began and looked at only afterwards
    private static bool IsHeldOut(int place) => place % 3 == 2;

    private (int Agree, int All) Compare(Language language, Func<int, bool> counts)
    {
        int agree = 0;
        int all = 0;
        foreach ((int place, MarkedAnswer marked) in Answers(language).Index())
        {
            if (!counts(place))
            {
                continue;
            }

            foreach (PointFinding finding in marked.Judge().Points!)
            {
                bool same = marked.AgreesWith(finding);
                agree += same ? 1 : 0;
                all++;
                if (!same && !IsHeldOut(place))
                {
                    output.WriteLine($"{marked.Question} {finding.Point}: found {finding.IsFound}, contradicted {finding.IsContradicted}, unsure {finding.IsUnsure} “{finding.Quote}” in: {marked.Text}");
                }
            }
        }

        return (agree, all);
    }
}
