namespace Fukami.Lab;

/// <summary>
/// What nets of one depth lost without each part: the learned share of the whole net less that without the part, seed by seed. A part was
/// measured on the seeds whose net and whole net were both trained.
/// </summary>
/// <param name="Depth">Layers.</param>
/// <param name="Losses">By part and seed.</param>
/// <param name="OverBound">By seed: the learned share without attention less the most that the last token allows.</param>
internal sealed record PartLosses(int Depth, IReadOnlyList<(string Part, long Seed, double Loss)> Losses, IReadOnlyList<double> OverBound)
{
    /// <summary>What is lost without a part; null if it was not measured.</summary>
    public Interval? Of(string part) => Average([.. Losses.Where(l => Is(l.Part, part)).Select(l => l.Loss)]);

    /// <summary>By how much the net without attention learned more than can be known without.</summary>
    public Interval? AttentionOverBound => Average([.. OverBound]);

    /// <summary>Of all parts but one, the one without which most is lost.</summary>
    public string? MostBut(string part) => Losses.Select(l => l.Part).Distinct(StringComparer.Ordinal)
        .Where(p => !Is(p, part))
        .MaxBy(p => Of(p)!.Value.Estimate);

    /// <summary>What is lost without one part less what is lost without another, seed by seed.</summary>
    public Interval? Difference(string part, string other) => Paired(part, this, other);

    /// <summary>What is lost without a part here less what is lost without it at another depth, seed by seed.</summary>
    public Interval? DifferenceOf(string part, PartLosses elsewhere) => Paired(part, elsewhere, part);

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);

    private static Interval? Average(double[] losses) => losses.Length == 0 ? null : Interval.OfMean(losses);

    private Interval? Paired(string part, PartLosses others, string other) => Average([..
        from mine in Losses
        where Is(mine.Part, part)
        join theirs in others.Losses.Where(l => Is(l.Part, other)) on mine.Seed equals theirs.Seed
        select mine.Loss - theirs.Loss]);
}
