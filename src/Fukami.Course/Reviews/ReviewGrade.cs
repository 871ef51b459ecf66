namespace Fukami.Course;

/// <summary>How well a question was remembered. (FSRS)</summary>
public enum ReviewGrade
{
    /// <summary>Not remembered.</summary>
    Again = 1,

    /// <summary>With effort.</summary>
    Hard = 2,

    /// <summary>As it should be.</summary>
    Good = 3,

    /// <summary>Without effort.</summary>
    Easy = 4,
}
