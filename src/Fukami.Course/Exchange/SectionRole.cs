namespace Fukami.Course;

/// <summary>What a section of a plain document is for, by its heading.</summary>
internal enum SectionRole
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>What the next session brings.</summary>
    Preview,

    /// <summary>Homework.</summary>
    Homework,

    /// <summary>What the learner says of the session.</summary>
    Feedback,
}
