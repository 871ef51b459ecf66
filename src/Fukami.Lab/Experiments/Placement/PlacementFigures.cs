using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What was measured on one arrangement.</summary>
/// <param name="Arrangement">The arrangement.</param>
/// <param name="Net">The settings of the nets that were trained.</param>
/// <param name="Depths">Depths over which the first step is compared.</param>
/// <param name="Steps">First steps, by seed and depth.</param>
/// <param name="Cold">Trainings at the full rate from the first step on, by seed.</param>
/// <param name="WarmedUp">Trainings with a warm-up, by seed.</param>
internal sealed record PlacementFigures(
    Arrangement Arrangement,
    TransformerSettings Net,
    IReadOnlyList<int> Depths,
    IReadOnlyList<(long Seed, int Depth, FirstStep Step)> Steps,
    IReadOnlyList<(long Seed, LearningFinding Finding)> Cold,
    IReadOnlyList<(long Seed, LearningFinding Finding)> WarmedUp)
{
    /// <summary>The first steps of nets of a depth.</summary>
    public FirstStep[] StepsAt(int depth) => [.. Steps.Where(s => s.Depth == depth).Select(s => s.Step)];

    /// <summary>The learned share; null if nothing was trained.</summary>
    public static Interval? Share(IReadOnlyList<(long Seed, LearningFinding Finding)> trained) =>
        trained.Count == 0 ? null : Interval.OfMean([.. trained.Select(t => t.Finding.Share)]);

    /// <summary>What the warm-up gains in learned share, seed by seed; null if nothing was trained with one.</summary>
    public Interval? WarmUpGain => Difference(WarmedUp, Cold);

    /// <summary>The slope over depth of an effect of the first step, both as logarithms; null if no seed has all depths.</summary>
    public Interval? Slope(Func<FirstStep, double> effect) => Slopes(effect) is { Count: > 0 } slopes ? Interval.OfMean([.. slopes.Values]) : null;

    /// <summary>How much steeper than another arrangement's, seed by seed.</summary>
    public Interval? SteeperThan(PlacementFigures other, Func<FirstStep, double> effect)
    {
        Dictionary<long, double> mine = Slopes(effect), theirs = other.Slopes(effect);
        double[] differences = [.. mine.Where(m => theirs.ContainsKey(m.Key)).OrderBy(m => m.Key).Select(m => m.Value - theirs[m.Key])];
        return differences.Length == 0 ? null : Interval.OfMean(differences);
    }

    /// <summary>The learned share of some trainings less that of others, seed by seed.</summary>
    public static Interval? Difference(IReadOnlyList<(long Seed, LearningFinding Finding)> trained, IReadOnlyList<(long Seed, LearningFinding Finding)> others)
    {
        double[] differences = [.. trained.Join(others, t => t.Seed, o => o.Seed, (t, o) => t.Finding.Share - o.Finding.Share)];
        return differences.Length == 0 ? null : Interval.OfMean(differences);
    }

    private Dictionary<long, double> Slopes(Func<FirstStep, double> effect)
    {
        var slopes = new Dictionary<long, double>();
        double[] x = [.. Depths.Select(d => ReproducibleMath.Log(d))];
        foreach (long seed in Steps.Select(s => s.Seed).Distinct())
        {
            double[] effects = [.. Depths.SelectMany(d => Steps.Where(s => s.Seed == seed && s.Depth == d).Take(1)).Select(s => effect(s.Step))];
            if (effects.Length == Depths.Count && Depths.Count > 1)
            {
                slopes.Add(seed, LineFit.Through(x, [.. effects.Select(e => e > 0 ? ReproducibleMath.Log(e) : double.NaN)]).Slope);
            }
        }

        return slopes;
    }
}
