using CsCheck;
using Fukami.Lab;

namespace Fukami.Course.Tests;

/// <summary>What becomes of a learner's events in the schedule.</summary>
public sealed class ReviewScheduleTests
{
    private const string Choice = "base-residual-1";
    private const string Open = "why-deep";
    private const string Lesson = "residual-and-normalization";

    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_published_sequence_of_reviews_ends_at_the_published_memory()
    {
        (ReviewGrade Grade, int Days)[] reviews = [(ReviewGrade.Again, 0), (ReviewGrade.Good, 0), (ReviewGrade.Good, 1), (ReviewGrade.Good, 3), (ReviewGrade.Good, 8), (ReviewGrade.Good, 21)];
        ReviewCard card = ReviewCard.First("q", reviews[0].Grade, Noon);
        DateTimeOffset at = Noon;
        foreach ((ReviewGrade grade, int days) in reviews[1..])
        {
            at = at.AddDays(days);
            card = card.After(grade, at);
        }

        Assert.Equal(53.62691, card.Stability, 4);
        Assert.Equal(6.3574867, card.Difficulty, 4);
    }

    [Fact]
    public void An_answer_in_words_moves_its_card_every_time_that_it_is_judged()
    {
        ReviewCard first = Card(Words(Noon, Outcome.Partly));
        ReviewCard second = Card([.. Words(Noon, Outcome.Partly), .. Words(Noon.AddDays(3), Outcome.Right)]);
        Assert.Equal(2, second.Reviews);
        Assert.Equal(Noon.AddDays(3), second.Last);
        Assert.Equal(first.After(ReviewGrade.Good, Noon.AddDays(3)), second);
        ReviewCard forgotten = Card([.. Words(Noon, Outcome.Right), .. Words(Noon.AddDays(3), Outcome.Wrong), .. Words(Noon.AddDays(5), Outcome.Wrong)]);
        Assert.True(forgotten.IsStruggling);
    }

    [Fact]
    public void The_learners_own_judgement_takes_the_place_of_the_programs()
    {
        ReviewCard card = Card([.. Words(Noon, Outcome.Wrong), Overruled(Noon.AddMinutes(1), Outcome.Right)]);
        Assert.Equal(ReviewCard.First(Open, ReviewGrade.Good, Noon), card);
        ReviewCard later = Card([.. Words(Noon, Outcome.Right), .. Words(Noon.AddDays(3), Outcome.Wrong), Overruled(Noon.AddDays(3).AddMinutes(1), Outcome.Partly)]);
        Assert.Equal(ReviewCard.First(Open, ReviewGrade.Good, Noon).After(ReviewGrade.Hard, Noon.AddDays(3)), later);
    }

    [Fact]
    public void Words_that_nobody_judged_are_no_review()
    {
        Assert.Empty(Of(Words(Noon, Outcome.Right)[..1]).Cards);
        ReviewCard card = Card([.. Words(Noon, Outcome.Right), Words(Noon.AddDays(3), Outcome.Right)[0]]);
        Assert.Equal(1, card.Reviews);
        Assert.Equal(Noon, card.Last);
    }

    [Fact]
    public void A_judgement_without_an_answer_of_its_own_changes_nothing()
    {
        Assert.Empty(Of([Overruled(Noon, Outcome.Right)]).Cards);
        StudyEvent[] anew = [.. Words(Noon, Outcome.Wrong, Lesson), new SessionStarted(Lesson, 2, 1) { At = Noon.AddDays(1) }, Overruled(Noon.AddDays(1), Outcome.Right, Lesson)];
        Assert.Equal(ReviewCard.First(Open, ReviewGrade.Again, Noon), Card(anew));
        Assert.Equal(ReviewCard.First(Open, ReviewGrade.Again, Noon), Card([.. Words(Noon, Outcome.Wrong, Lesson), Overruled(Noon, Outcome.Right)]));
    }

    [Fact]
    public void A_right_answer_on_the_day_of_a_failure_does_not_undo_it()
    {
        ReviewCard card = Card([Answered(Noon, Outcome.Wrong), Answered(Noon.AddMinutes(2), Outcome.Right), Answered(Noon.AddDays(2), Outcome.Wrong)]);
        Assert.True(card.IsStruggling);
        Assert.False(Card([Answered(Noon, Outcome.Wrong), Answered(Noon.AddDays(1), Outcome.Right), Answered(Noon.AddDays(3), Outcome.Wrong)]).IsStruggling);
    }

    [Fact]
    public void Guessing_twice_on_one_day_is_one_failure_of_memory()
    {
        ReviewCard card = Card([Answered(Noon, Outcome.Wrong), Answered(Noon.AddMinutes(2), Outcome.Wrong)]);
        Assert.Equal(2, card.Lapses);
        Assert.False(card.IsStruggling);
    }

    [Fact]
    public void A_question_that_was_failed_on_two_days_points_to_an_experiment_of_the_lab()
    {
        foreach (Question question in Course.AllQuestions.Where(question => question is not PredictQuestion).DistinctBy(question => question.Id))
        {
            StudyEvent[] events = [Answered(Noon, Outcome.Unknown, question.Id), Answered(Noon.AddDays(2), Outcome.Forgotten, question.Id)];
            ReviewSchedule schedule = Of(events);
            Assert.True(Assert.Single(schedule.Cards).IsStruggling);
            foreach (Language language in Enum.GetValues<Language>())
            {
                Assert.Contains(schedule.ExperimentFor(question.Id, language), ExperimentCatalog.All.Select(experiment => experiment.Id));
                if (schedule.Evidence(question.Id, language) is { } evidence)
                {
                    Assert.Contains(evidence.Experiment, evidence.Session.AllBlocks);
                    Assert.Equal(evidence.Experiment.Experiment, schedule.ExperimentFor(question.Id, language));
                }
            }
        }
    }

    [Fact]
    public void A_card_is_due_from_the_morning_of_its_day()
    {
        ReviewSchedule schedule = Of([Answered(Noon, Outcome.Wrong)]);
        Assert.Empty(schedule.Due(Noon.AddHours(11)));
        Assert.Single(schedule.Due(Noon.AddHours(13)));
        TimeSpan tokyo = TimeSpan.FromHours(9);
        Assert.Empty(schedule.Due(new DateTimeOffset(2026, 1, 2, 23, 59, 0, tokyo)));
        Assert.Single(schedule.Due(new DateTimeOffset(2026, 1, 3, 0, 1, 0, tokyo)));
    }

    [Fact]
    public void An_answer_whose_clock_went_back_counts_as_one_of_the_same_day()
    {
        ReviewCard before = ReviewCard.First(Choice, ReviewGrade.Good, Noon);
        ReviewCard card = Card([Answered(Noon, Outcome.Right), Answered(Noon.AddDays(-40), Outcome.Right)]);
        Assert.Equal(Fsrs.NextStabilitySameDay(before.Stability, ReviewGrade.Good), card.Stability);
        Assert.True(card.Due > Noon.AddDays(-40) && card.Due < Noon);
        Assert.Equal(2, card.Reviews);
    }

    [Fact]
    public void What_was_answered_by_a_clock_that_ran_ahead_is_asked_again_at_once()
    {
        ReviewSchedule schedule = Of([Answered(Noon.AddYears(20), Outcome.Right)]);
        Assert.Single(schedule.Due(Noon));
        Assert.Empty(Of([Answered(Noon.AddHours(1), Outcome.Right)]).Due(Noon));
        Assert.Empty(Of([Answered(Noon.AddYears(20), Outcome.Right), Answered(Noon, Outcome.Right)]).Due(Noon));
    }

    [Fact]
    public void A_question_that_the_course_no_longer_has_leaves_no_card()
    {
        ReviewSchedule schedule = Of([Answered(Noon, Outcome.Wrong, "gone"), Answered(Noon, Outcome.Wrong), new JudgementOverruled("review", "gone", new Judgement(Outcome.Right, 1)) { At = Noon }]);
        Assert.Equal([Choice], schedule.Cards.Select(card => card.Question));
        Assert.Null(schedule.Evidence("gone", Language.English));
    }

    [Fact]
    public void Any_events_at_any_time_give_a_schedule_with_finite_cards()
    {
        Gen<StudyEvent> any = Gen.Select(Gen.Int[0, 4], OneOf.Const(Choice, Open, "gone", "predict-word"), OneOf.Const("review", Lesson, "baseline"), Gen.Enum<Outcome>(), Gen.Long[0, DateTimeOffset.MaxValue.Ticks]).Select(
            (int kind, string question, string source, Outcome outcome, long ticks) => kind switch
            {
                0 => new SessionStarted(Lesson, 1, 1) { At = At(ticks) },
                1 => new JudgementOverruled(source, question, new Judgement(outcome, 0)) { At = At(ticks) },
                _ => (StudyEvent)new QuestionAnswered(source, question, 1, new DoesNotKnow(), "", new Judgement(outcome, 0), 1) { At = At(ticks) },
            });
        any.Array[0, 40].Sample(events =>
        {
            ReviewSchedule schedule = Of(events);
            Assert.All(schedule.Cards, card =>
            {
                Assert.True(double.IsFinite(card.Stability) && card.Stability >= Fsrs.LeastStability);
                Assert.InRange(card.Difficulty, 1, 10);
                Assert.InRange(card.Retrievability(DateTimeOffset.MaxValue), 0, 1);
                Assert.True(card.Due >= card.Last);
                Assert.Contains(card.Question, (string[])[Choice, Open]);
            });
            Assert.Equal(schedule.Cards.Count, schedule.Due(DateTimeOffset.MaxValue).Count);
            _ = schedule.Due(DateTimeOffset.MinValue);
        });

        static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
    }

    private static ReviewSchedule Of(IEnumerable<StudyEvent> events) => ReviewSchedule.Of(Course, events);

    private static ReviewCard Card(IEnumerable<StudyEvent> events) => Assert.Single(Of(events).Cards);

    private static QuestionAnswered Answered(DateTimeOffset at, Outcome outcome, string question = Choice) =>
        new(ReviewSchedule.Source, question, 1, new ChosenOptions(["a"]), "", new Judgement(outcome, 0), 1) { At = at };

    // as a session and a review store them: the words first, and then what is said of them
    private static StudyEvent[] Words(DateTimeOffset at, Outcome outcome, string source = ReviewSchedule.Source) =>
        [new QuestionAnswered(source, Open, 1, new GivenText("words"), "words", Judgement.None, 1) { At = at }, Overruled(at.AddSeconds(2), outcome, source)];

    private static JudgementOverruled Overruled(DateTimeOffset at, Outcome outcome, string source = ReviewSchedule.Source) => new(source, Open, new Judgement(outcome, 0)) { At = at };
}
