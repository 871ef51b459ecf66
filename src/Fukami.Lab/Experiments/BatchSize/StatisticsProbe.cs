using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Reads mean and variance that a net's first batch normalization used off what it made of its input: y = r(x − μ) is a straight line in x,
/// and its slope r = 1/√(σ² + ε) and zero μ follow from two rows. Sentences of one token, each token used once in a size:
/// the rows are independent, their features standard normal.
/// </summary>
internal sealed class StatisticsProbe
{
    private const string In = "blocks.0.resid_pre";
    private const string Out = "blocks.0.ln1.normalized";
    private const float LeastEpsilon = 1e-12f;

    private readonly Tape tape;
    private readonly TransformerSettings net;
    private readonly RandomSource random;
    private readonly int draws;
    private readonly CancellationToken cancellation;

    /// <summary>A probe.</summary>
    /// <param name="tape">The thread's tape.</param>
    /// <param name="net">The net; <see cref="Net"/> makes its settings.</param>
    /// <param name="random">Its weights, and β.</param>
    /// <param name="draws">Batches of each size.</param>
    /// <param name="cancellation">Stops between two passes.</param>
    public StatisticsProbe(Tape tape, TransformerSettings net, RandomSource random, int draws, CancellationToken cancellation = default) =>
        (this.tape, this.net, this.random, this.draws, this.cancellation) = (tape, net, random, draws, cancellation);

    /// <summary>A pre-norm layer with batch normalization, and a token for every row of every batch.</summary>
    public static TransformerSettings Net(int width, int heads, double epsilon, int largest, int draws) => new TransformerSettings
    {
        Vocabulary = draws * Math.Max(2, largest),
        Length = 1,
        Depth = 1,
        Width = width,
        Heads = heads,
        Residual = "pre",
        Norm = "batch",
        Activation = "relu",
        Initialization = "xavier",
        Positions = "none",
        Epsilon = (float)epsilon,
    }.Validate();

    /// <summary>Measures all sizes.</summary>
    public BatchStatistics Measure(IReadOnlyList<int> sizes)
    {
        Transformer model = Transformer.Init(net, random);
        BatchMoments[] moments = [.. sizes.Select(size => Moments(model, size))];
        var (distance, absolute) = TwoSamples(model);
        Transformer free = Transformer.Init(net with { Epsilon = LeastEpsilon }, random);
        return new BatchStatistics(moments, OneSample(model), distance, absolute, TwoSamples(free).Distance);
    }

    private BatchMoments Moments(Transformer model, int size)
    {
        int width = net.Width;
        double squaredMeans = 0, variances = 0, squaredVariances = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            var (x, y) = Pass(model, draw, size);
            for (int feature = 0; feature < width; feature++)
            {
                var (low, high) = Extremes(x, feature, width);
                if (size == 1)
                {
                    // y = β = 0 says that the mean was the sample itself
                    squaredMeans += (double)x[feature] * x[feature];
                    continue;
                }

                double slope = ((double)y[high] - y[low]) / ((double)x[high] - x[low]);
                double mean = (((double)x[high] + x[low]) - (((double)y[high] + y[low]) / slope)) / 2;
                double variance = (1 / (slope * slope)) - net.Epsilon;
                squaredMeans += mean * mean;
                variances += variance;
                squaredVariances += variance * variance;
            }
        }

        double n = (double)draws * width, meanVariance = variances / n;
        double spread = Math.Sqrt(Math.Max(0, (squaredVariances / n) - (meanVariance * meanVariance)) * n / (n - 1));
        return size == 1
            ? new BatchMoments(size, Math.Sqrt(squaredMeans / n), double.NaN, double.NaN)
            : new BatchMoments(size, Math.Sqrt(squaredMeans / n), meanVariance, spread / meanVariance);
    }

    private double OneSample(Transformer model)
    {
        Span<float> shift = model.Parameters.Single(p => p.Name is "blocks.0.ln1.bias").Values;
        random.Split("shift").FillNormal(shift, 1);
        double largest = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            var (_, y) = Pass(model, draw, 1);
            for (int feature = 0; feature < y.Length; feature++)
            {
                largest = Math.Max(largest, Math.Abs((double)y[feature] - shift[feature]));
            }
        }

        shift.Clear();
        return largest;
    }

    private (double Distance, double Size) TwoSamples(Transformer model)
    {
        double distance = 0, sum = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            var (x, y) = Pass(model, draw, 2);
            for (int feature = 0; feature < net.Width; feature++)
            {
                double d = (double)x[feature] - x[net.Width + feature];
                double expected = 1 / Math.Sqrt(1 + (4 * model.Settings.Epsilon / (d * d)));
                sum += Math.Abs(y[feature]);
                distance += Math.Abs(Math.Abs((double)y[feature]) - expected);
            }
        }

        double n = (double)draws * net.Width;
        return (distance / n, sum / n);
    }

    // input and output of the first normalization in training mode, (size, width)
    private (float[] X, float[] Y) Pass(Transformer model, int draw, int size)
    {
        cancellation.ThrowIfCancellationRequested();
        var batch = new TokenBatch(size, 1);
        for (int row = 0; row < size; row++)
        {
            batch.Ids[row] = (draw * size) + row;
        }

        tape.Begin(training: true);
        model.Forward(tape, batch);
        return (tape[In].Values.ToArray(), tape[Out].Values.ToArray());
    }

    private static (int Low, int High) Extremes(float[] x, int feature, int width)
    {
        int low = feature, high = feature;
        for (int i = feature; i < x.Length; i += width)
        {
            low = x[i] < x[low] ? i : low;
            high = x[i] > x[high] ? i : high;
        }

        return (low, high);
    }
}
