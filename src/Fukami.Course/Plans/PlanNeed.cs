namespace Fukami.Course;

/// <summary>What a learner needs of a session.</summary>
public enum PlanNeed
{
    /// <summary>To go on with it: it was begun and not finished.</summary>
    Continue,

    /// <summary>All of it.</summary>
    Study,

    /// <summary>A second look at what is not settled, behind what is new: reviews bring most of it back anyway.</summary>
    Repeat,

    /// <summary>Nothing: all of it is known, or it was finished and is in review.</summary>
    Done,
}
