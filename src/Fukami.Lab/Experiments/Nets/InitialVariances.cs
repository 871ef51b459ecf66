using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// How the variance of a feature changes through the parts of a fresh net, from the variances of its weights alone
/// (docs/experiments/gradient-flow.md derives each). Forward and backward factors are the same, because a matrix and its transpose
/// have the same entries.
/// </summary>
internal sealed class InitialVariances
{
    /// <summary>The variances of a net with these settings.</summary>
    public InitialVariances(TransformerSettings settings)
    {
        InitializationScheme scheme = InitializationSchemes.All.First(s => string.Equals(s.Name, settings.Initialization, StringComparison.Ordinal));
        int width = settings.Width, inner = settings.FeedForwardWidth, branches = 2 * settings.Depth;
        double table = Square(scheme.Table(settings.InitializationDeviation));
        Stream = table + (settings.Positions switch
        {
            "learned" => table,
            "sinusoidal" => 0.5,
            _ => 0,
        });
        Attention = width * Weight(width, width, 0) * width * Weight(width, width, branches);
        FeedForward = width * Weight(width, inner, 0) * 0.5 * inner * Weight(inner, width, branches);

        double Weight(int rows, int columns, int streamBranches) =>
            Square(scheme.Matrix(new WeightSegment(rows, columns) { StreamBranches = streamBranches }, settings.InitializationDeviation));
    }

    /// <summary>σ₀²: of the stream before the first layer.</summary>
    public double Stream { get; }

    /// <summary>a: through value and output projection, where the attention pattern looks at one position; a pattern that averages passes on less.</summary>
    public double Attention { get; }

    /// <summary>m: through the feed-forward sublayer; ReLU keeps half of it, forward and backward.</summary>
    public double FeedForward { get; }

    private static double Square(double x) => x * x;
}
