namespace Fukami.Course;

/// <summary>How well a learner remembers the answer to one question.</summary>
/// <param name="Question">The question's id.</param>
/// <param name="Stability">Days after which nine of ten are remembered.</param>
/// <param name="Difficulty">From 1 to 10.</param>
/// <param name="Last">When it was last answered.</param>
/// <param name="Due">When it is due.</param>
/// <param name="Reviews">How often it was answered.</param>
/// <param name="Lapses">How often it was not remembered.</param>
/// <param name="LapsesInARow">On how many days it was not remembered since it last was. A right answer on the day of a failure repeats what was just read, and does not count.</param>
public sealed record ReviewCard(string Question, double Stability, double Difficulty, DateTimeOffset Last, DateTimeOffset Due, int Reviews, int Lapses, int LapsesInARow)
{
    /// <summary>The share that is remembered when a card is due.</summary>
    public const double Retention = 0.9;

    /// <summary>Answers that are less apart are answers of the same day.</summary>
    internal static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Whether it was not remembered on two days in a row: time to go back to its experiment.</summary>
    public bool IsStruggling => LapsesInARow >= 2;

    /// <summary>The card after the first answer.</summary>
    public static ReviewCard First(string question, ReviewGrade grade, DateTimeOffset at)
    {
        int lapses = grade == ReviewGrade.Again ? 1 : 0;
        return With(question, Fsrs.InitialStability(grade), Fsrs.InitialDifficulty(grade), at, 1, lapses, lapses);
    }

    /// <summary>The chance that it is remembered.</summary>
    public double Retrievability(DateTimeOffset now) => Fsrs.Retrievability((now - Last).TotalDays, Stability);

    /// <summary>The card after another answer. One that was given before the last one, by the clock, counts as one of the same day.</summary>
    public ReviewCard After(ReviewGrade grade, DateTimeOffset at)
    {
        bool isSameDay = at - Last < Day;
        bool isLapse = grade == ReviewGrade.Again;
        double stability = isSameDay ? Fsrs.NextStabilitySameDay(Stability, grade) : Fsrs.NextStability(Difficulty, Stability, Retrievability(at), grade);
        int inARow = (isLapse, isSameDay) switch
        {
            (true, true) => Math.Max(1, LapsesInARow),
            (true, false) => LapsesInARow + 1,
            (false, true) => LapsesInARow,
            (false, false) => 0,
        };
        return With(Question, stability, Fsrs.NextDifficulty(Difficulty, grade), at, Reviews + 1, Lapses + (isLapse ? 1 : 0), inARow);
    }

    // a card is due after whole days, the first after one
    private static ReviewCard With(string question, double stability, double difficulty, DateTimeOffset at, int reviews, int lapses, int inARow)
    {
        var wait = TimeSpan.FromDays(Math.Clamp(Math.Round(Fsrs.Interval(Retention, stability)), 1, 36_500));
        DateTimeOffset due = DateTimeOffset.MaxValue - at < wait ? DateTimeOffset.MaxValue : at + wait;
        return new ReviewCard(question, stability, difficulty, at, due, reviews, lapses, inARow);
    }
}
