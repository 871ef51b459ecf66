namespace Fukami.Course;

/// <summary>What ranges of one text have to do with each other.</summary>
internal static class Ranges
{
    /// <summary>Whether they share a character.</summary>
    public static bool Overlaps(this Range one, Range other) => one.Start.Value < other.End.Value && other.Start.Value < one.End.Value;

    /// <summary>Whether the other lies wholly within.</summary>
    public static bool Holds(this Range one, Range other) => one.Start.Value <= other.Start.Value && other.End.Value <= one.End.Value;

    /// <summary>The range so many characters later.</summary>
    public static Range Shifted(this Range range, int by) => (range.Start.Value + by)..(range.End.Value + by);
}
