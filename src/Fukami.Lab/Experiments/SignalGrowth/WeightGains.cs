using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>How fresh matrices change the variance of a feature: (rows)·(variance of an entry), DeepNorm's β included.</summary>
internal sealed class WeightGains
{
    /// <summary>The gains of a net.</summary>
    public WeightGains(TransformerSettings net)
    {
        InitializationScheme scheme = InitializationSchemes.All.First(s => string.Equals(s.Name, net.Initialization, StringComparison.Ordinal));
        ResidualArrangement arrangement = ResidualConnections.All.First(r => string.Equals(r.Name, net.Residual, StringComparison.Ordinal));
        var role = new StackRole(net.Depth, 0, net.Kind is "decoder");
        double beta = arrangement.BranchGain(role), table = scheme.Table(net.InitializationDeviation);
        int width = net.Width, inner = net.FeedForwardWidth;
        Embedding = table * table;
        Position = net.Positions is "learned" ? Embedding : 0;
        double key = Gain(width, width, 0, 1);
        QueryKey = key * key;
        Attention = Gain(width, width, 0, beta) * Gain(width, width, role.Branches, beta);
        Up = Gain(width, inner, 0, beta);
        Down = Gain(inner, width, role.Branches, beta);

        double Gain(int rows, int columns, int branches, double factor)
        {
            double deviation = factor * scheme.Matrix(new WeightSegment(rows, columns) { StreamBranches = branches }, net.InitializationDeviation);
            return rows * deviation * deviation;
        }
    }

    /// <summary>Variance of an embedding's feature.</summary>
    public double Embedding { get; }

    /// <summary>Variance of a learned position's feature; 0 where there are none.</summary>
    public double Position { get; }

    /// <summary>Variance of a score of two positions with features of variance 1.</summary>
    public double QueryKey { get; }

    /// <summary>a: through value and output projection, where a position attends to one other.</summary>
    public double Attention { get; }

    /// <summary>Through the first feed-forward matrix.</summary>
    public double Up { get; }

    /// <summary>Through the second feed-forward matrix.</summary>
    public double Down { get; }
}
