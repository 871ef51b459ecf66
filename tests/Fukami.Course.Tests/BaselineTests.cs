using Fukami.Lab;
using Fukami.Tensors;

namespace Fukami.Course.Tests;

public sealed class BaselineTests
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    public static TheoryData<double, double> Noise => new() { { 0, 0.9 }, { 0.1, 0.8 } };

    [Theory]
    [MemberData(nameof(Noise))]
    public void Simulated_learners_are_recognised_in_at_most_20_questions(double noise, double least)
    {
        int right = 0;
        int all = 0;
        for (ulong learner = 0; learner < 100; learner++)
        {
            RandomSource random = new RandomSource(learner).Split("learner");
            ConceptState[] states = [ConceptState.Known, ConceptState.Wrong, ConceptState.Unknown, ConceptState.Forgotten];
            var truth = Course.Concepts.All.ToDictionary(concept => concept.Id, concept => states[random.Split(concept.Id).Below(0, states.Length)], StringComparer.Ordinal);
            LearnerState state = Take(random, concept => truth[concept], noise);
            Assert.InRange(state.BaselineAnswers.Count, BaselineTest.FewestQuestions, BaselineTest.MostQuestions);
            right += truth.Count(pair => state.Standing(pair.Key).State == pair.Value);
            all += truth.Count;
        }

        Assert.True(right >= least * all, $"{right} of {all} states were recognised.");
    }

    [Fact]
    public void A_wrong_answer_leaves_its_misconception_and_the_answer_itself()
    {
        LearnerState state = Take(new RandomSource(1), concept => concept == "score-scaling" ? ConceptState.Wrong : ConceptState.Known, 0);
        ConceptStanding standing = state.Standing("score-scaling");
        Assert.Equal(ConceptState.Wrong, standing.State);
        Assert.NotNull(Course.Concepts.FindMisconception(standing.Misconception!));
        Assert.NotEmpty(standing.Answer!);
    }

    [Fact]
    public void Whoever_knows_everything_is_asked_each_concept_and_little_more() =>
        Assert.Equal(BaselineTest.FewestQuestions, Take(new RandomSource(1), _ => ConceptState.Known, 0).BaselineAnswers.Count);

    [Fact]
    public void An_answer_that_contradicts_its_neighbours_is_asked_again()
    {
        LearnerState state = Take(new RandomSource(2), concept => concept == "residual-connection" ? ConceptState.Unknown : ConceptState.Known, 0);
        Assert.Equal(2, state.BaselineAnswers.Count(answer => Course.Question(answer.Question, Language.English)!.Concepts.Contains("residual-connection")));
    }

    [Fact]
    public void No_question_is_asked_twice()
    {
        LearnerState state = Take(new RandomSource(3), _ => ConceptState.Unknown, 0);
        Assert.Equal(state.BaselineAnswers.Count, state.BaselineAnswers.Select(answer => answer.Question).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_plan_puts_what_others_build_on_first_and_names_the_learners_answer()
    {
        LearnerState state = Take(new RandomSource(4), concept => concept is "residual-connection" or "positions" ? ConceptState.Wrong : ConceptState.Unknown, 0);
        foreach (Language language in (Language[])[Language.English, Language.Japanese])
        {
            StudyPlan plan = StudyPlan.Of(state, language);
            Assert.Equal(["residual-and-normalization", "query-key-value"], plan.Items.Take(2).Select(item => item.Session.Id));
            Assert.Contains(state.Standing("residual-connection").Answer!, plan.Items[0].Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_known_already_is_not_planned()
    {
        LearnerState state = Take(new RandomSource(5), _ => ConceptState.Known, 0);
        StudyPlan plan = StudyPlan.Of(state, Language.English);
        Assert.All(plan.Items, item => Assert.Equal(PlanNeed.Done, item.Need));
        Assert.Null(plan.Next);
    }

    [Fact]
    public void A_session_that_was_begun_comes_first()
    {
        LearnerState state = Take(new RandomSource(6), _ => ConceptState.Unknown, 0);
        state.Apply(new SessionStarted("training-and-inference", 1, 1) { At = DateTimeOffset.UnixEpoch });
        Assert.Equal(PlanNeed.Continue, StudyPlan.Of(state, Language.English).Items.Single(item => item.Session.Id == "training-and-inference").Need);
    }

    // Answers as somebody in these states would; with noise, so often a slip or a lucky hit.
    private static LearnerState Take(RandomSource random, Func<string, ConceptState> truth, double noise)
    {
        LearnerState state = LearnerState.Of(Course, [new BaselineStarted(random.Bits(0)) { At = DateTimeOffset.UnixEpoch }]);
        for (ulong i = 0; BaselineTest.Next(state, Language.English) is ChoiceQuestion question; i++)
        {
            RandomSource draw = random.Split(i);
            bool slips = draw.Uniform(0) < noise;
            GivenAnswer answer = truth(question.Concepts[0]) switch
            {
                ConceptState.Known => new ChosenOptions([slips ? Wrong(question, draw) : Right(question)]),
                ConceptState.Wrong => new ChosenOptions([slips ? Right(question) : Wrong(question, draw)]),
                ConceptState.Forgotten => slips ? new ChosenOptions([Any(question, draw)]) : new KnewOnce(),
                _ => slips ? new ChosenOptions([Any(question, draw)]) : new DoesNotKnow(),
            };
            Judgement judgement = QuestionJudge.Judge(QuestionView.Of(question, i), answer);
            string shown = answer is ChosenOptions chosen ? question.Options.Single(option => option.Id == chosen.Options[0]).Text : answer.GetType().Name;
            state.Apply(new QuestionAnswered(BaselineTest.Source, question.Id, i, answer, shown, judgement, 10) { At = DateTimeOffset.UnixEpoch });
        }

        return state;
    }

    private static string Right(ChoiceQuestion question) => question.Options.Single(option => option.IsRight).Id;

    private static string Wrong(ChoiceQuestion question, RandomSource draw) =>
        (question.Options.FirstOrDefault(option => option.Misconception is not null) ?? question.Options.Where(option => !option.IsRight).ElementAt(draw.Below(1, question.Options.Count - 1))).Id;

    private static string Any(ChoiceQuestion question, RandomSource draw) => question.Options[draw.Below(2, question.Options.Count)].Id;
}
