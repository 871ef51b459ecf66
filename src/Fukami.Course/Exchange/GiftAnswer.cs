namespace Fukami.Course;

/// <summary>An answer of a GIFT question.</summary>
/// <param name="IsEqual">Whether it begins with =.</param>
/// <param name="Weight">Its weight in per cent; none if none is given.</param>
/// <param name="Text">Its text, or the left side of a pair.</param>
/// <param name="Match">The right side of a pair; none if it is no pair.</param>
/// <param name="Feedback">What is said to whoever gives it.</param>
internal sealed record GiftAnswer(bool IsEqual, double? Weight, string Text, string? Match, string Feedback);
