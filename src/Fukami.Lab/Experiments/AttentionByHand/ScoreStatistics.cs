using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>How scores of N(0, 1) queries and keys of one width are spread, and what a softmax makes of them.</summary>
/// <param name="Variance">Of q·k.</param>
/// <param name="Scaled">The softmax of q·k/√d.</param>
/// <param name="Unscaled">The softmax of q·k.</param>
internal sealed record ScoreStatistics(double Variance, ScoreStatistics.Row Scaled, ScoreStatistics.Row Unscaled)
{
    /// <summary>Means over queries.</summary>
    /// <param name="Largest">The largest weight.</param>
    /// <param name="Entropy">−Σ p·ln p, nats.</param>
    /// <param name="Slope">1 − Σ p²: the trace of the softmax' Jacobian diag(p) − p·pᵀ, what it lets through backward.</param>
    internal sealed record Row(double Largest, double Entropy, double Slope);

    /// <summary>Measures a width.</summary>
    /// <param name="width">d.</param>
    /// <param name="draws">Independent pairs for the variance.</param>
    /// <param name="keys">Keys that a query chooses from.</param>
    /// <param name="queries">Queries for the softmax, each with keys of its own.</param>
    /// <param name="random">Draws them.</param>
    /// <param name="cancellation">Stops between two draws.</param>
    public static ScoreStatistics Measure(int width, int draws, int keys, int queries, RandomSource random, CancellationToken cancellation = default)
    {
        var q = new float[width];
        var k = new float[width];
        double sum = 0, squares = 0;
        for (int i = 0; i < draws; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            RandomSource pair = random.Split((ulong)i);
            pair.Split("q").FillNormal(q, 1);
            pair.Split("k").FillNormal(k, 1);
            double score = Dot(q, k);
            sum += score;
            squares += score * score;
        }

        double mean = sum / draws;
        Row scaled = new(0, 0, 0), unscaled = new(0, 0, 0);
        var scores = new double[keys];
        for (int i = 0; i < queries; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            RandomSource ofQuery = random.Split("softmax").Split((ulong)i);
            ofQuery.Split("q").FillNormal(q, 1);
            for (int j = 0; j < keys; j++)
            {
                ofQuery.Split((ulong)j).FillNormal(k, 1);
                scores[j] = Dot(q, k);
            }

            unscaled = Add(unscaled, scores, 1, queries);
            scaled = Add(scaled, scores, 1 / Math.Sqrt(width), queries);
        }

        return new ScoreStatistics((squares / draws) - (mean * mean), scaled, unscaled);
    }

    private static Row Add(Row sum, double[] scores, double scale, int queries)
    {
        double[] weights = HandAttention.Softmax([.. scores.Select(s => s * scale)]);
        double entropy = 0, squares = 0;
        foreach (double p in weights)
        {
            entropy -= p > 0 ? p * ReproducibleMath.Log(p) : 0;
            squares += p * p;
        }

        return new Row(sum.Largest + (weights.Max() / queries), sum.Entropy + (entropy / queries), sum.Slope + ((1 - squares) / queries));
    }

    private static double Dot(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
