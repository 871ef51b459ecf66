using Fukami.Lab;

namespace Fukami.Course.Tests;

/// <summary>What an answer changes in a learner's state, and what a second opinion on it does.</summary>
public sealed class LearnerStateTests
{
    private const string Lesson = "residual-and-normalization";

    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);
    private static readonly OpenQuestion Question = (OpenQuestion)Course.Question("why-deep", Language.English)!;

    [Theory]
    [InlineData(Outcome.Partly, Outcome.Right)]
    [InlineData(Outcome.Right, Outcome.Right)]
    [InlineData(Outcome.Wrong, Outcome.Right)]
    public void One_answer_in_words_counts_once_however_often_it_is_judged(Outcome judged, Outcome own)
    {
        LearnerState state = LearnerState.Of(Course, [Words(), Judged(judged), Judged(own)]);
        Assert.All(Question.Concepts, concept => Assert.Equal(ConceptState.Learning, state.Standing(concept).State));
        Assert.Equal(own, state.Answer(Lesson, Question.Id)!.Judgement.Outcome);
    }

    [Fact]
    public void A_second_right_answer_settles_a_concept_and_a_judgement_taken_back_unsettles_it()
    {
        StudyEvent[] twice = [Words(), Judged(Outcome.Right), Words(), Judged(Outcome.Right)];
        Assert.Equal(ConceptState.Known, LearnerState.Of(Course, twice).Standing(Question.Concepts[0]).State);
        Assert.Equal(ConceptState.Wrong, LearnerState.Of(Course, [.. twice, Judged(Outcome.Wrong)]).Standing(Question.Concepts[0]).State);
        Assert.Equal(ConceptState.Known, LearnerState.Of(Course, [.. twice, Judged(Outcome.Wrong), Judged(Outcome.Right)]).Standing(Question.Concepts[0]).State);
    }

    [Fact]
    public void A_judgement_of_an_earlier_answer_does_not_take_back_what_was_answered_since()
    {
        Question other = Course.Sessions(Language.English)[0].Questions.First(question => question is ChoiceQuestion && question.Concepts.Contains(Question.Concepts[0], StringComparer.Ordinal));
        LearnerState state = LearnerState.Of(Course,
        [
            Words(), Judged(Outcome.Right),
            new QuestionAnswered(Lesson, other.Id, 1, new DoesNotKnow(), "", new Judgement(Outcome.Unknown, 0), 1) { At = DateTimeOffset.UnixEpoch },
            Judged(Outcome.Right),
        ]);
        Assert.Equal(ConceptState.Learning, state.Standing(Question.Concepts[0]).State);
    }

    private static QuestionAnswered Words() => new(Lesson, Question.Id, 1, new GivenText("words"), "words", Judgement.None, 1) { At = DateTimeOffset.UnixEpoch };

    private static JudgementOverruled Judged(Outcome outcome) => new(Lesson, Question.Id, new Judgement(outcome, 0)) { At = DateTimeOffset.UnixEpoch };
}
