using CsCheck;

namespace Fukami.Course.Tests;

/// <summary>The published figures of FSRS-6 with its default parameters.</summary>
public sealed class FsrsTests
{
    [Theory]
    [InlineData(ReviewGrade.Again, 0.212, 6.4133)]
    [InlineData(ReviewGrade.Hard, 1.2931, 5.11217071)]
    [InlineData(ReviewGrade.Good, 2.3065, 2.11810397)]
    [InlineData(ReviewGrade.Easy, 8.2956, 1)]
    public void The_first_grade_gives_stability_and_difficulty(ReviewGrade grade, double stability, double difficulty)
    {
        Assert.Equal(stability, Fsrs.InitialStability(grade), 8);
        Assert.Equal(difficulty, Fsrs.InitialDifficulty(grade), 8);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.9)]
    [InlineData(2, 0.84588465)]
    [InlineData(3, 0.8093881)]
    public void Retrievability_falls_with_the_days(double days, double expected) => Assert.Equal(expected, Fsrs.Retrievability(days, 1), 7);

    [Theory]
    [InlineData(ReviewGrade.Again, 8.34176237)]
    [InlineData(ReviewGrade.Hard, 6.66599536)]
    [InlineData(ReviewGrade.Good, 4.99022837)]
    [InlineData(ReviewGrade.Easy, 3.31446137)]
    public void Difficulty_5_moves_with_the_grade(ReviewGrade grade, double expected) => Assert.Equal(expected, Fsrs.NextDifficulty(5, grade), 7);

    [Fact]
    public void After_the_interval_for_a_retention_exactly_that_share_is_remembered() => Gen.Select(Gen.Double[0.01, 1000], Gen.Double[0.7, 0.97]).Sample((stability, retention) =>
        Assert.Equal(retention, Fsrs.Retrievability(Fsrs.Interval(retention, stability), stability), 9));

    [Fact]
    public void What_is_remembered_grows_stabler_and_what_is_forgotten_less_stable() => Gen.Select(Gen.Double[1, 10], Gen.Double[0.1, 500], Gen.Double[0.5, 0.99]).Sample((difficulty, stability, retrievability) =>
    {
        double good = Fsrs.NextStability(difficulty, stability, retrievability, ReviewGrade.Good);
        Assert.True(Fsrs.NextStability(difficulty, stability, retrievability, ReviewGrade.Again) < stability);
        Assert.True(Fsrs.NextStability(difficulty, stability, retrievability, ReviewGrade.Hard) < good && good > stability);
        Assert.True(Fsrs.NextStability(difficulty, stability, retrievability, ReviewGrade.Easy) > good);
    });

    [Fact]
    public void A_second_right_answer_on_the_same_day_does_not_shorten_the_wait() => Gen.Double[0.1, 500].Sample(stability =>
        Assert.True(Fsrs.NextStabilitySameDay(stability, ReviewGrade.Good) >= stability));

    [Fact]
    public void Two_lapses_in_a_row_are_a_struggle_and_one_is_not()
    {
        ReviewCard card = ReviewCard.First("q", ReviewGrade.Good, DateTimeOffset.UnixEpoch);
        card = card.After(ReviewGrade.Again, DateTimeOffset.UnixEpoch.AddDays(3));
        Assert.False(card.IsStruggling);
        card = card.After(ReviewGrade.Again, DateTimeOffset.UnixEpoch.AddDays(5));
        Assert.True(card.IsStruggling);
        Assert.False(card.After(ReviewGrade.Good, DateTimeOffset.UnixEpoch.AddDays(7)).IsStruggling);
        Assert.Equal(2, card.Lapses);
    }

    [Fact]
    public void What_was_just_answered_is_due_no_earlier_than_tomorrow() =>
        Assert.All(Enum.GetValues<ReviewGrade>(), grade => Assert.True(ReviewCard.First("q", grade, DateTimeOffset.UnixEpoch).Due >= DateTimeOffset.UnixEpoch.AddDays(1)));
}
