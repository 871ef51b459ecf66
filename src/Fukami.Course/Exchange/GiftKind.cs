namespace Fukami.Course;

/// <summary>The kinds of questions in GIFT.</summary>
internal enum GiftKind
{
    /// <summary>No question, only text.</summary>
    Description,

    /// <summary>Options.</summary>
    Choice,

    /// <summary>True or false.</summary>
    TrueFalse,

    /// <summary>A few words.</summary>
    ShortAnswer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Pairs.</summary>
    Matching,

    /// <summary>A text.</summary>
    Essay,
}
