using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// The size of a fresh net's residual stream by layer, from the variances of its weights alone: the covariance of every two positions (of one feature,
/// over nets) goes through the layers instead of the features. Exact in the limit of many features where attention is uniform; learned attention has
/// its pattern's Σp² estimated. (Poole et al. 2016; Noci et al. 2022; docs/experiments/signal-growth.md)
/// </summary>
internal sealed class CovarianceRecursion
{
    private const int MostPositions = 256;

    private readonly TransformerSettings net;
    private readonly bool uniform;
    private readonly bool normalizes;
    private readonly WeightGains gains;
    private readonly Func<double, double, double, double> kernel;
    private readonly double alpha;

    private CovarianceRecursion(TransformerSettings net, bool uniform, Func<double, double, double, double> kernel)
    {
        (this.net, this.uniform, this.kernel) = (net, uniform, kernel);
        normalizes = net.Norm is not "none";
        gains = new WeightGains(net);
        alpha = net.Residual is "deepnorm" ? DeepNormConstants.Of(new StackRole(net.Depth, 0, net.Kind is "decoder")).Alpha : 1;
    }

    /// <summary>What it predicts of a net, or null where it has no formula: statistics over the batch, other activations, other positions, long sentences.</summary>
    /// <param name="net">The net.</param>
    /// <param name="uniform">Whether attention is uniform over what a position sees.</param>
    public static StreamSizes? Predict(TransformerSettings net, bool uniform)
    {
        bool known = net.Norm is "none" or "layer" or "rms" or "rms-offset" || net.Residual is "none" or "plain" or "rezero";
        return known && net.Positions is "none" or "learned" && net.Length <= MostPositions && ActivationKernel.Of(net.Activation) is { } kernel
            ? new CovarianceRecursion(net, uniform, kernel).Run()
            : null;
    }

    private StreamSizes Run()
    {
        int length = net.Length;
        var x = new double[length, length];
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j < length; j++)
            {
                // two random tokens are the same with probability 1/vocabulary
                x[i, j] = i == j ? gains.Embedding + gains.Position : gains.Embedding / net.Vocabulary;
            }
        }

        var stream = new double[net.Depth + 1];
        var sums = new double[net.Depth];
        stream[0] = Size(x);
        for (int layer = 1; layer <= net.Depth; layer++)
        {
            x = Layer(x, layer, out double[,] sum);
            stream[layer] = Size(x);
            sums[layer - 1] = Size(sum);
        }

        return new StreamSizes(stream, sums);
    }

    // each arm is the arrangement's formula, for covariances: independent summands add up
    private double[,] Layer(double[,] x, int l, out double[,] sum)
    {
        switch (net.Residual)
        {
            case "none":
                return sum = FeedForward(Attention(x));
            case "none-norm":
                sum = FeedForward(Norm(Attention(x)));
                return Norm(sum);
            case "plain":
                x = Sum(1, x, Attention(x));
                return sum = Sum(1, x, FeedForward(x));
            case "post" or "deepnorm":
                x = Norm(Sum(alpha * alpha, x, Attention(x)));
                sum = Sum(alpha * alpha, x, FeedForward(x));
                return Norm(sum);
            case "sandwich":
                x = Sum(1, x, Norm(Attention(Norm(x))));
                return sum = Sum(1, x, Norm(FeedForward(Norm(x))));
            case "rezero":
                return sum = x;
            case "scaled-pre":
                x = Sum(1, x, Attention(Times(1.0 / l, Norm(x))));
                return sum = Sum(1, x, FeedForward(Times(1.0 / l, Norm(x))));
            case "parallel":
                double[,] normalized = Norm(x);
                return sum = Sum(1, Sum(1, x, Attention(normalized)), FeedForward(normalized));
            default:
                x = Sum(1, x, Attention(Norm(x)));
                return sum = Sum(1, x, FeedForward(Norm(x)));
        }
    }

    private double[,] Norm(double[,] x) => normalizes
        ? Map(x, (i, j) => x[i, j] / (Math.Sqrt(x[i, i] + net.Epsilon) * Math.Sqrt(x[j, j] + net.Epsilon)))
        : x;

    private double[,] FeedForward(double[,] x) => Map(x, (i, j) => gains.Down * kernel(gains.Up * x[i, i], gains.Up * x[j, j], gains.Up * x[i, j]));

    private double[,] Attention(double[,] x)
    {
        int length = net.Length;
        var total = new double[length + 1, length + 1]; // over all pairs before (i, j)
        var own = new double[length + 1]; // over all i before
        for (int i = 0; i < length; i++)
        {
            own[i + 1] = own[i] + x[i, i];
            for (int j = 0; j < length; j++)
            {
                total[i + 1, j + 1] = total[i, j + 1] + total[i + 1, j] - total[i, j] + x[i, j];
            }
        }

        return Map(x, (i, j) =>
        {
            int n = Seen(i), k = Seen(j);
            double mean = total[n, k] / ((double)n * k);
            if (uniform || i != j || n == 1)
            {
                return gains.Attention * mean;
            }

            // scores of one query differ by what the keys differ, so the pattern is as uneven as e^(their variance) says
            double self = own[n] / n, other = ((total[n, n] / n) - self) / (n - 1);
            double variance = gains.QueryKey * x[i, i] * Math.Max(0, self - other);
            double squares = 1 / (1 + ((n - 1) * ReproducibleMath.Exp(-Math.Min(variance, 700))));
            return gains.Attention * (other + (squares * (self - other)));
        });
    }

    private int Seen(int position) => net.Kind is "encoder" ? net.Length : position + 1;

    private double[,] Sum(double factor, double[,] x, double[,] y) => Map(x, (i, j) => (factor * x[i, j]) + y[i, j]);

    private double[,] Times(double factor, double[,] x) => Map(x, (i, j) => factor * x[i, j]);

    private double[,] Map(double[,] x, Func<int, int, double> entry)
    {
        var y = (double[,])x.Clone();
        for (int i = 0; i < net.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                y[i, j] = y[j, i] = entry(i, j);
            }
        }

        return y;
    }

    // mean over positions of a feature's mean square
    private double Size(double[,] x)
    {
        double sum = 0;
        for (int i = 0; i < net.Length; i++)
        {
            sum += x[i, i];
        }

        return sum / net.Length;
    }
}
