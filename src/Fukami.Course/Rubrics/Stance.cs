namespace Fukami.Course;

/// <summary>How a sentence stands to a phrase in it; the higher, the less it speaks for it.</summary>
internal enum Stance
{
    /// <summary>It says so.</summary>
    Affirmed,

    /// <summary>A question, a doubt, or a negation that may not reach the phrase.</summary>
    Unsure,

    /// <summary>It says the opposite.</summary>
    Denied,
}
