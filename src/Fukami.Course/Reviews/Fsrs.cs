namespace Fukami.Course;

/// <summary>
/// FSRS-6: how well something is still remembered, and how a review changes that. Stability S is the days after which nine of ten are remembered,
/// difficulty D lies between 1 and 10. (Open Spaced Repetition, free spaced repetition scheduler, version 6, with its default parameters)
/// </summary>
public static class Fsrs
{
    private static readonly double[] W =
    [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ];

    private static readonly double Factor = Math.Pow(0.9, -1 / W[20]) - 1;

    /// <summary>The smallest stability, in days.</summary>
    public const double LeastStability = 0.001;

    /// <summary>S after the first review.</summary>
    public static double InitialStability(ReviewGrade grade) => W[(int)grade - 1];

    /// <summary>D after the first review: w₄ − e^(w₅(G − 1)) + 1, within 1 and 10.</summary>
    public static double InitialDifficulty(ReviewGrade grade) => Math.Clamp(UnboundedDifficulty(grade), 1, 10);

    /// <summary>R(t, S) = (1 + f·t/S)^(−w₂₀), f such that R(S, S) = 0.9.</summary>
    /// <param name="days">t: days since the last review.</param>
    /// <param name="stability">S, in days.</param>
    public static double Retrievability(double days, double stability) => Math.Pow(1 + (Factor * Math.Max(0, days) / stability), -W[20]);

    /// <summary>The days until only this share is remembered.</summary>
    /// <param name="retention">The share, between 0 and 1.</param>
    /// <param name="stability">S, in days.</param>
    public static double Interval(double retention, double stability) => stability / Factor * (Math.Pow(retention, -1 / W[20]) - 1);

    /// <summary>D after a review: moved by −w₆(G − 3), the less the nearer to 10, and drawn a little towards the difficulty of what is easy.</summary>
    public static double NextDifficulty(double difficulty, ReviewGrade grade)
    {
        double moved = difficulty + (-W[6] * ((int)grade - 3) * (10 - difficulty) / 9);
        return Math.Clamp((W[7] * UnboundedDifficulty(ReviewGrade.Easy)) + ((1 - W[7]) * moved), 1, 10);
    }

    /// <summary>S after a review on a later day.</summary>
    /// <param name="difficulty">D before it.</param>
    /// <param name="stability">S before it.</param>
    /// <param name="retrievability">R at the review.</param>
    /// <param name="grade">The grade.</param>
    public static double NextStability(double difficulty, double stability, double retrievability, ReviewGrade grade)
    {
        if (grade == ReviewGrade.Again)
        {
            double forgotten = W[11] * Math.Pow(difficulty, -W[12]) * (Math.Pow(stability + 1, W[13]) - 1) * Math.Exp(W[14] * (1 - retrievability));
            return Math.Max(LeastStability, Math.Min(forgotten, stability / Math.Exp(W[17] * W[18])));
        }

        double penalty = grade == ReviewGrade.Hard ? W[15] : 1;
        double bonus = grade == ReviewGrade.Easy ? W[16] : 1;
        return stability * (1 + (Math.Exp(W[8]) * (11 - difficulty) * Math.Pow(stability, -W[9]) * (Math.Exp(W[10] * (1 - retrievability)) - 1) * penalty * bonus));
    }

    /// <summary>S after another review on the same day: S·e^(w₁₇(G − 3 + w₁₈))·S^(−w₁₉), which does not fall after Good or Easy.</summary>
    public static double NextStabilitySameDay(double stability, ReviewGrade grade)
    {
        double growth = Math.Exp(W[17] * ((int)grade - 3 + W[18])) * Math.Pow(stability, -W[19]);
        return Math.Max(LeastStability, stability * (grade >= ReviewGrade.Good ? Math.Max(1, growth) : growth));
    }

    private static double UnboundedDifficulty(ReviewGrade grade) => W[4] - Math.Exp(W[5] * ((int)grade - 1)) + 1;
}
