namespace Fukami.Course;

/// <summary>What a word does to what is in its scope.</summary>
internal enum NegatorKind
{
    /// <summary>It denies: “not”, “never”, 〜ません.</summary>
    Plain,

    /// <summary>It turns what it stands with without being a plain denial: “prevents”, “without”, “rather than”, 〜を防ぐ, 〜なしで. Alone it makes nobody sure.</summary>
    Soft,

    /// <summary>It leaves open: “not sure whether”, 〜とは限らない.</summary>
    Doubt,
}

/// <summary>A word that negates, and how far.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Word">Where the word itself stands.</param>
/// <param name="Scope">What it negates.</param>
/// <param name="Reach">What it may negate too, for example the subject of a verb with “not”; holds the scope.</param>
internal readonly record struct Negator(NegatorKind Kind, Range Word, Range Scope, Range Reach);
