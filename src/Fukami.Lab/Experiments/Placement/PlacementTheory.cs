using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What is predicted of fresh nets, from the variances of the weights; docs/experiments/placement.md derives each.</summary>
internal static class PlacementTheory
{
    /// <summary>How one step of Adam changes with depth: every weight moves by the rate, so L layers add up as L·J. Null where nothing is predicted.</summary>
    /// <param name="figures">The arrangement.</param>
    /// <param name="depth">L.</param>
    public static double? AdamScale(PlacementFigures figures, int depth) => figures.Arrangement switch
    {
        { NormalizesRows: false } => null,
        { Residual: "post" } => depth,
        { Residual: "deepnorm" } => depth * BetaOverAlpha(depth),
        { Residual: "pre" } => OverStream(figures.Net, depth),
        _ => null,
    };

    /// <summary>The same of one step of gradient descent: a weight moves by its gradient, itself as J, so L layers add up as L·J².</summary>
    /// <param name="figures">The arrangement.</param>
    /// <param name="depth">L.</param>
    public static double? SgdScale(PlacementFigures figures, int depth) => figures.Arrangement switch
    {
        { NormalizesRows: false } => null,
        { Residual: "post" } => depth,
        { Residual: "deepnorm" } => depth * BetaOverAlpha(depth) * BetaOverAlpha(depth),
        _ => null,
    };

    /// <summary>Root mean square of the stream behind layer l, 0 for its start.</summary>
    /// <param name="figures">The arrangement.</param>
    /// <param name="layer">l.</param>
    public static double? StreamSize(PlacementFigures figures, int layer)
    {
        double start = new InitialVariances(figures.Net).Stream;
        return figures.Arrangement switch
        {
            { Residual: "rezero" } => Math.Sqrt(start),
            { NormalizesRows: false } => null,
            { Residual: "post" or "deepnorm" } => layer == 0 ? Math.Sqrt(start) : 1,
            { Residual: "sandwich" } => Math.Sqrt(start + (2 * layer)),
            _ => null,
        };
    }

    // β/α = (8L)^(−1/4)·(2L)^(−1/4)
    private static double BetaOverAlpha(int depth) => 1 / Math.Sqrt(Math.Sqrt(8.0 * depth * 2 * depth));

    // Σ 1/σ_l, σ_l² = σ₀² + (a + m)·l
    private static double OverStream(TransformerSettings net, int depth)
    {
        var v = new InitialVariances(net);
        double sum = 0;
        for (int layer = 1; layer <= depth; layer++)
        {
            sum += 1 / Math.Sqrt(v.Stream + ((v.Attention + v.FeedForward) * layer));
        }

        return sum;
    }
}
