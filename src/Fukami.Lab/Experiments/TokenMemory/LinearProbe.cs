namespace Fukami.Lab;

/// <summary>
/// What a straight line can read off the stream: a ridge regression from a row's features to the token at its place (one-hot), solved in closed form in double
/// precision, and the share of other rows whose token gets the largest value. (Alain and Bengio 2017)
/// </summary>
internal static class LinearProbe
{
    private const double Ridge = 1e-3; // of the features' own variance, which is 1

    /// <summary>Learns on the first rows and gives the share of right answers on the others.</summary>
    /// <param name="rows">Row after row.</param>
    /// <param name="labels">The token of each row.</param>
    /// <param name="learned">How many rows are learned from.</param>
    /// <param name="classes">Different tokens.</param>
    public static double Accuracy(double[] rows, int[] labels, int learned, int classes)
    {
        int width = rows.Length / labels.Length;
        double[] x = Standardized(rows, width, learned);
        var gram = new double[width * width];
        var weights = new double[width * classes];
        var shares = new double[classes];
        for (int row = 0; row < learned; row++)
        {
            ReadOnlySpan<double> features = x.AsSpan(row * width, width);
            shares[labels[row]] += 1.0 / learned;
            for (int i = 0; i < width; i++)
            {
                weights[(i * classes) + labels[row]] += features[i];
                for (int j = 0; j <= i; j++)
                {
                    gram[(i * width) + j] += features[i] * features[j];
                }
            }
        }

        for (int i = 0; i < width; i++)
        {
            gram[(i * width) + i] += Ridge * learned;
        }

        Solve(gram, weights, width, classes);
        int right = 0;
        var scores = new double[classes];
        for (int row = learned; row < labels.Length; row++)
        {
            shares.CopyTo(scores, 0);
            for (int i = 0; i < width; i++)
            {
                double feature = x[(row * width) + i];
                ReadOnlySpan<double> of = weights.AsSpan(i * classes, classes);
                for (int c = 0; c < classes; c++)
                {
                    scores[c] += feature * of[c];
                }
            }

            right += Largest(scores) == labels[row] ? 1 : 0;
        }

        return right / (double)(labels.Length - learned);
    }

    private static int Largest(double[] scores)
    {
        int best = 0;
        for (int c = 1; c < scores.Length; c++)
        {
            best = scores[c] > scores[best] ? c : best;
        }

        return best;
    }

    // mean 0 and variance 1 of each feature over the rows that are learned from; a feature that never changes tells nothing
    private static double[] Standardized(double[] rows, int width, int learned)
    {
        var result = new double[rows.Length];
        for (int i = 0; i < width; i++)
        {
            double mean = 0, variance = 0;
            for (int row = 0; row < learned; row++)
            {
                mean += rows[(row * width) + i] / learned;
            }

            for (int row = 0; row < learned; row++)
            {
                double d = rows[(row * width) + i] - mean;
                variance += d * d / learned;
            }

            double factor = variance > 0 ? 1 / Math.Sqrt(variance) : 0;
            for (int at = i; at < rows.Length; at += width)
            {
                result[at] = (rows[at] - mean) * factor;
            }
        }

        return result;
    }

    // Cholesky: gram = L·Lᵀ, then both triangles
    private static void Solve(double[] gram, double[] right, int n, int columns)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = gram[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= gram[(i * n) + k] * gram[(j * n) + k];
                }

                gram[(i * n) + j] = i == j ? Math.Sqrt(sum) : sum / gram[(j * n) + j];
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
            {
                Subtract(right, columns, i, k, gram[(i * n) + k]);
            }

            Divide(right, columns, i, gram[(i * n) + i]);
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
            {
                Subtract(right, columns, i, k, gram[(k * n) + i]);
            }

            Divide(right, columns, i, gram[(i * n) + i]);
        }
    }

    private static void Subtract(double[] rows, int columns, int to, int from, double factor)
    {
        for (int c = 0; c < columns; c++)
        {
            rows[(to * columns) + c] -= factor * rows[(from * columns) + c];
        }
    }

    private static void Divide(double[] rows, int columns, int row, double divisor)
    {
        for (int c = 0; c < columns; c++)
        {
            rows[(row * columns) + c] /= divisor;
        }
    }
}
