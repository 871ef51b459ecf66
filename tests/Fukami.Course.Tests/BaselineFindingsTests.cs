using Fukami.Lab;

namespace Fukami.Course.Tests;

/// <summary>What is said after the baseline test.</summary>
public sealed class BaselineFindingsTests
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Japanese)]
    public void Every_wrong_option_of_the_test_is_corrected_and_has_a_place_where_it_is_treated(Language language)
    {
        foreach (ChoiceQuestion question in Course.Baseline(language)!.Questions.OfType<ChoiceQuestion>())
        {
            foreach (AnswerOption option in question.Options.Where(option => !option.IsRight))
            {
                BaselineFinding finding = Assert.Single(BaselineFindings.Of(State(Answer(question, option)), language));
                Assert.Equal(option.Misconception, finding.Misconception?.Id);
                Assert.NotEmpty(finding.Correction);
                Assert.Contains(finding.Concept.Id, Assert.IsType<SessionOutline>(finding.Session).Concepts);
                Assert.Equal(Course.Session(finding.Session.Id, language) is null, finding.Section is null);
            }
        }
    }

    [Fact]
    public void A_wrong_answer_is_corrected_also_where_a_second_one_made_the_concept_known()
    {
        ChoiceQuestion[] questions = [.. Course.Baseline(Language.English)!.Questions.OfType<ChoiceQuestion>().Take(2)];
        LearnerState state = State(Answer(questions[0], questions[0].Options[0]), Answer(questions[1], questions[1].Options.First(option => option.IsRight)));
        Assert.Equal("skip-is-for-speed", Assert.Single(BaselineFindings.Of(state, Language.English)).Misconception!.Id);
    }

    [Fact]
    public void A_misconception_that_showed_twice_is_said_once_and_right_or_unknown_answers_are_no_findings()
    {
        ChoiceQuestion[] questions = [.. Course.Baseline(Language.English)!.Questions.OfType<ChoiceQuestion>().Take(2)];
        LearnerState state = State(Answer(questions[0], questions[0].Options[3]), Answer(questions[1], questions[1].Options[2]));
        Assert.Equal("no-skip-needs-more-memory", Assert.Single(BaselineFindings.Of(state, Language.English)).Misconception!.Id);
        Assert.Empty(BaselineFindings.Of(State(new QuestionAnswered(BaselineTest.Source, questions[0].Id, 1, new DoesNotKnow(), "", new Judgement(Outcome.Unknown, 0), 1) { At = default }), Language.English));
        Assert.Empty(BaselineFindings.Of(State(new QuestionAnswered(BaselineTest.Source, "gone", 1, new ChosenOptions(["a"]), "", new Judgement(Outcome.Wrong, 0), 1) { At = default }), Language.English));
    }

    private static LearnerState State(params StudyEvent[] events) => LearnerState.Of(Course, [new BaselineStarted(1) { At = default }, .. events]);

    private static QuestionAnswered Answer(ChoiceQuestion question, AnswerOption option) =>
        new(BaselineTest.Source, question.Id, 1, new ChosenOptions([option.Id]), option.Text, QuestionJudge.Judge(QuestionView.Of(question, 1), new ChosenOptions([option.Id])), 1) { At = default };
}
