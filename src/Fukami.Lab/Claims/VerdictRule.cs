namespace Fukami.Lab;

/// <summary>
/// The one rule that every verdict follows. With the 95 % interval [low, high] of the measured quantity and the claim's bound [a, b]:
/// supported where a ≤ low and high ≤ b; refuted where high &lt; a or low &gt; b; inconclusive otherwise, also where an end is not a number.
/// </summary>
public static class VerdictRule
{
    /// <summary>The verdict of an interval against a bound.</summary>
    public static Verdict Judge(Interval measured, Bound bound)
    {
        if (measured.Low >= bound.Low && measured.High <= bound.High)
        {
            return Verdict.Supported;
        }

        return measured.High < bound.Low || measured.Low > bound.High ? Verdict.Refuted : Verdict.Inconclusive;
    }

    /// <summary>The verdict's name as a report writes it.</summary>
    public static string Name(this Verdict verdict) => verdict switch
    {
        Verdict.Supported => "supported",
        Verdict.Refuted => "refuted",
        _ => "inconclusive",
    };

    /// <summary>The verdict's name for a person.</summary>
    public static LocalizedText Label(this Verdict verdict) => verdict switch
    {
        Verdict.Supported => new LocalizedText("supported", "支持"),
        Verdict.Refuted => new LocalizedText("refuted", "反証"),
        _ => new LocalizedText("inconclusive", "判定不能"),
    };

    /// <summary>The verdict as a sign, for where there is no colour.</summary>
    public static string Sign(this Verdict verdict) => verdict switch
    {
        Verdict.Supported => "+",
        Verdict.Refuted => "x",
        _ => "?",
    };
}
