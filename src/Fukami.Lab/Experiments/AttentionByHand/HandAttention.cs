using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// softmax(q·kᵀ/√d + mask)·v for every head in plain loops of double precision: what somebody computes by hand, each step kept. (Vaswani et al. 2017, eq. 1)
/// </summary>
internal sealed class HandAttention
{
    /// <summary>Computes an example.</summary>
    public HandAttention(AttentionExample example, AttentionMistake mistake = AttentionMistake.None)
    {
        int tokens = example.Tokens.Length, d = example.HeadWidth;
        Query = Product(example.X, example.Query);
        Key = Product(example.X, example.Key);
        Value = Product(example.X, example.Value);
        Z = Blank(tokens, example.Heads * d);
        for (int head = 0; head < example.Heads; head++)
        {
            double[][] scores = Blank(tokens, tokens), scaled = Blank(tokens, tokens), masked = Blank(tokens, tokens);
            double scale = mistake switch
            {
                AttentionMistake.DividedByWidth => 1.0 / d,
                AttentionMistake.NotScaled => 1,
                _ => 1 / Math.Sqrt(d),
            };
            for (int i = 0; i < tokens; i++)
            {
                for (int j = 0; j < tokens; j++)
                {
                    for (int f = head * d; f < (head + 1) * d; f++)
                    {
                        scores[i][j] += Query[i][f] * Key[j][f];
                    }

                    scaled[i][j] = scores[i][j] * scale;
                    masked[i][j] = IsHidden(i, j) && mistake is not AttentionMistake.MaskedAfterSoftmax ? double.NegativeInfinity : scaled[i][j];
                }
            }

            double[][] pattern = mistake is AttentionMistake.WrongAxis
                ? Transposed([.. Transposed(masked).Select(Softmax)])
                : [.. masked.Select(Softmax)];
            for (int i = 0; i < tokens; i++)
            {
                for (int j = 0; j < tokens; j++)
                {
                    pattern[i][j] = IsHidden(i, j) ? 0 : pattern[i][j];
                    for (int f = head * d; f < (head + 1) * d; f++)
                    {
                        Z[i][f] += pattern[i][j] * Value[j][f];
                    }
                }
            }

            Scores.Add(scores);
            Scaled.Add(scaled);
            Masked.Add(masked);
            Pattern.Add(pattern);
        }

        bool IsHidden(int query, int key) => example.Causal && key > query;
    }

    /// <summary>q = x·W_q, (token, heads · d).</summary>
    public double[][] Query { get; }

    /// <summary>k = x·W_k, (token, heads · d).</summary>
    public double[][] Key { get; }

    /// <summary>v = x·W_v, (token, heads · d).</summary>
    public double[][] Value { get; }

    /// <summary>q·k of each head, (query, key).</summary>
    public List<double[][]> Scores { get; } = [];

    /// <summary>q·k/√d.</summary>
    public List<double[][]> Scaled { get; } = [];

    /// <summary>The same with −∞ where a query may not look.</summary>
    public List<double[][]> Masked { get; } = [];

    /// <summary>The softmax of each row.</summary>
    public List<double[][]> Pattern { get; } = [];

    /// <summary>pattern·v, the heads concatenated, (token, heads · d).</summary>
    public double[][] Z { get; }

    /// <summary>eˣ of each number divided by their sum.</summary>
    public static double[] Softmax(double[] scores)
    {
        double largest = scores.Max();
        double[] powers = [.. scores.Select(s => double.IsNegativeInfinity(s) ? 0 : ReproducibleMath.Exp(s - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(p => p / sum)];
    }

    private static double[][] Blank(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];

    private static double[][] Transposed(double[][] square) => [.. Enumerable.Range(0, square.Length).Select(j => square.Select(row => row[j]).ToArray())];

    private static double[][] Product(double[][] x, double[][] weight)
    {
        double[][] product = Blank(x.Length, weight[0].Length);
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < weight[0].Length; j++)
            {
                for (int k = 0; k < weight.Length; k++)
                {
                    product[i][j] += x[i][k] * weight[k][j];
                }
            }
        }

        return product;
    }
}
