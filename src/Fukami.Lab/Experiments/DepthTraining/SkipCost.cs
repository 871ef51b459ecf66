namespace Fukami.Lab;

/// <summary>What a training step costs with a skip path (<c>plain</c>) and without (<c>none</c>): two nets that differ in nothing else.</summary>
/// <param name="SecondsWith">Of the quickest step with a skip path, for each round.</param>
/// <param name="SecondsWithout">Of the quickest step without.</param>
/// <param name="With">Memory with a skip path.</param>
/// <param name="Without">Memory without.</param>
internal sealed record SkipCost(double[] SecondsWith, double[] SecondsWithout, PassMemory With, PassMemory Without)
{
    /// <summary>Time with, divided by time without: the median over the rounds.</summary>
    public Interval TimeRatio => MedianInterval.Of([.. SecondsWith.Zip(SecondsWithout, (with, without) => with / without)]);

    /// <summary>Time without, divided by time with.</summary>
    public Interval InverseTimeRatio => MedianInterval.Of([.. SecondsWith.Zip(SecondsWithout, (with, without) => without / with)]);
}
