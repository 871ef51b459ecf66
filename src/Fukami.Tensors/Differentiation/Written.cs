namespace Fukami.Tensors;

/// <summary>When (in which interval between two waits) and by which division memory was last written.</summary>
internal readonly record struct Written(long Interval, Division Division)
{
    /// <summary>The later of two writes to parts of the same memory; of two in one interval by different divisions, one that equals no division.</summary>
    public static Written Later(Written one, Written other) =>
        one.Interval > other.Interval ? one
        : one.Interval < other.Interval || one == other ? other
        : new Written(one.Interval, default);
}
