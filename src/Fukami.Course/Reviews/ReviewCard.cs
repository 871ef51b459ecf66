namespace Fukami.Course;

/// <summary>How well a learner remembers the answer to one question.</summary>
/// <param name="Question">The question's id.</param>
/// <param name="Stability">Days after which nine of ten are remembered.</param>
/// <param name="Difficulty">From 1 to 10.</param>
/// <param name="Last">When it was last answered.</param>
/// <param name="Due">When it is due.</param>
/// <param name="Reviews">How often it was answered.</param>
/// <param name="Lapses">How often it was not remembered.</param>
/// <param name="LapsesInARow">How often it was not remembered since it last was.</param>
public sealed record ReviewCard(string Question, double Stability, double Difficulty, DateTimeOffset Last, DateTimeOffset Due, int Reviews, int Lapses, int LapsesInARow)
{
    /// <summary>The share that is remembered when a card is due.</summary>
    public const double Retention = 0.9;

    private static readonly TimeSpan SameDay = TimeSpan.FromDays(1);

    /// <summary>Whether it was not remembered twice in a row: time to go back to its experiment.</summary>
    public bool IsStruggling => LapsesInARow >= 2;

    /// <summary>The card after the first answer.</summary>
    public static ReviewCard First(string question, ReviewGrade grade, DateTimeOffset at) =>
        With(question, Fsrs.InitialStability(grade), Fsrs.InitialDifficulty(grade), grade, at, 1, 0, 0);

    /// <summary>The chance that it is remembered.</summary>
    public double Retrievability(DateTimeOffset now) => Fsrs.Retrievability((now - Last).TotalDays, Stability);

    /// <summary>The card after another answer.</summary>
    public ReviewCard After(ReviewGrade grade, DateTimeOffset at)
    {
        double stability = at - Last < SameDay
            ? Fsrs.NextStabilitySameDay(Stability, grade)
            : Fsrs.NextStability(Difficulty, Stability, Retrievability(at), grade);
        return With(Question, stability, Fsrs.NextDifficulty(Difficulty, grade), grade, at, Reviews + 1, Lapses, LapsesInARow);
    }

    // a card is due after whole days, the first after one
    private static ReviewCard With(string question, double stability, double difficulty, ReviewGrade grade, DateTimeOffset at, int reviews, int lapses, int inARow)
    {
        bool lapsed = grade == ReviewGrade.Again;
        double days = Math.Clamp(Math.Round(Fsrs.Interval(Retention, stability)), 1, 36_500);
        return new ReviewCard(question, stability, difficulty, at, at + TimeSpan.FromDays(days), reviews, lapses + (lapsed ? 1 : 0), lapsed ? inARow + 1 : 0);
    }
}
