namespace Fukami.Course;

/// <summary>Where a learner stands with a concept.</summary>
public enum ConceptState
{
    /// <summary>Nothing is known of it yet.</summary>
    NotSeen,

    /// <summary>An answer was wrong; it may have shown a misconception.</summary>
    Wrong,

    /// <summary>The learner said: I don't know.</summary>
    Unknown,

    /// <summary>The learner said: I knew this once.</summary>
    Forgotten,

    /// <summary>It has been taught, and is not yet settled.</summary>
    Learning,

    /// <summary>It is settled.</summary>
    Known,
}
