using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What the jobs of a run of <see cref="SignalGrowth"/> found; a job that was not run has found nothing.</summary>
internal sealed class SignalGrowthResult(IReadOnlyList<SignalJob> jobs, StreamSizes?[] found)
{
    private static readonly Quantity Layer = new("layer", new("layer", "層"), "", Logarithmic: false);
    private static readonly Quantity Depth = new("depth", new("depth (layers)", "深さ（層の数）"), "", Logarithmic: true);
    private static readonly Quantity Size = new("stream_mean_square", new("mean square of the stream's features (0: before the first layer)", "ストリームの特徴の 2 乗平均（0 は最初の層の手前）"), "", Logarithmic: true);
    private static readonly Quantity Theorem = new("xiong_mean_square", new("squared norm / width in Xiong's setting (post: before the last norm)", "Xiong らの設定での 2 乗ノルム / width（post は最後の正規化の直前）"), "", Logarithmic: false);
    private static readonly Quantity Start = new("start_root_mean_square", new("root mean square of the stream, GPT-2's start", "GPT-2 の初期化でのストリームの二乗平均平方根"), "", Logarithmic: true);

    private readonly List<Series> series = [];
    private readonly List<ClaimResult> claims = [];
    private readonly List<IReadOnlyList<TableCell>> laws = [];
    private readonly List<IReadOnlyList<TableCell>> starts = [];

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        foreach (IGrouping<string, int> group in Of(SignalPart.Profile))
        {
            AddProfile(jobs[group.First()], Found(group));
        }

        foreach (IGrouping<string, int> group in Of(SignalPart.Xiong))
        {
            AddXiong(jobs[group.First()], Found(group));
        }

        foreach (IGrouping<string, int> group in Of(SignalPart.Start))
        {
            AddStart(group.Key, group);
        }

        var order = SignalGrowthClaims.All.ToList();
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = [.. claims.OrderBy(c => order.IndexOf(c.Claim))],
            Omitted = [.. order.Where(c => !claims.Exists(r => r.Claim == c)).Select(SignalGrowthClaims.Omit)],
            Series = series,
            Tables =
            [
                new Table(
                    "growth",
                    new("Mean square of the stream's features: before the first layer, after the last, predicted", "ストリームの特徴の 2 乗平均: 最初の層の前、最後の層の後、その予測"),
                    [new("arrangement", new("net", "配置")), new("first", new("first", "最初")), new("last", new("last", "最後")), new("predicted", new("predicted", "予測"))],
                    laws),
                new Table(
                    "start",
                    new("Root mean square of the stream after the last layer, pre-norm, σ = 0.02", "最後の層の後のストリームの二乗平均平方根（pre-norm、σ = 0.02）"),
                    [new("initialization", new("start", "初期化")), new("depth", new("depth", "深さ")), new("measured", new("measured", "実測")), new("predicted", new("predicted", "予測"))],
                    starts),
            ],
        };
    }

    private IEnumerable<IGrouping<string, int>> Of(SignalPart part) => Enumerable.Range(0, jobs.Count)
        .Where(i => jobs[i].Part == part && found[i] is not null)
        .GroupBy(i => jobs[i].Name, StringComparer.Ordinal);

    private StreamSizes[] Found(IEnumerable<int> group) => [.. group.Select(i => found[i]!)];

    private static Interval Geometric(StreamSizes[] sizes, Func<StreamSizes, double> figure) => Interval.OfGeometricMean(sizes.Select(figure).ToArray());

    private static Interval Mean(StreamSizes[] sizes, Func<StreamSizes, double> figure) => Interval.OfMean(sizes.Select(figure).ToArray());

    private void AddProfile(SignalJob job, StreamSizes[] sizes)
    {
        AddLine(job.Name, Size, 0, sizes, s => s.Stream, Interval.OfGeometricMean);
        StreamSizes? predicted = CovarianceRecursion.Predict(job.Net, job.Uniform);
        if (predicted is not null)
        {
            AddPrediction(job.Name, Size, 0, predicted.Stream);
        }

        if (DepthLaw.Of(job.Arrangement, job.Net) is { } law)
        {
            claims.Add(SignalGrowthClaims.TestLaw(job.Arrangement, law, Geometric(sizes, s => law.OfStream ? s.Stream[^1] : s.Growth)));
        }

        laws.Add([job.Name, Geometric(sizes, s => s.Stream[0]).Estimate, Geometric(sizes, s => s.Stream[^1]).Estimate, predicted?.Stream[^1] ?? double.NaN]);
    }

    private void AddXiong(SignalJob job, StreamSizes[] sizes)
    {
        bool post = job.Name is "post";
        Func<StreamSizes, double[]> line = post ? s => s.Sums : s => s.Stream;
        AddLine(job.Name, Theorem, post ? 1 : 0, sizes, line, Interval.OfMean);
        if (CovarianceRecursion.Predict(job.Net, job.Uniform) is { } predicted)
        {
            AddPrediction(job.Name, Theorem, post ? 1 : 0, line(predicted));
        }

        Interval? slope = job.Net.Depth > 1 ? Mean(sizes, s => Slope(line(s))) : null;
        claims.AddRange(post
            ? SignalGrowthClaims.TestPost(job.Net, Mean(sizes, s => s.Sums.Average()), slope is { } per ? Times(job.Net.Depth - 1, per) : null)
            : SignalGrowthClaims.TestPre(job.Net, Mean(sizes, s => s.Stream[^1]), slope));
    }

    private void AddStart(string start, IEnumerable<int> group)
    {
        (TransformerSettings Net, StreamSizes[] Sizes)[] depths =
            [.. group.GroupBy(i => jobs[i].Net.Depth).OrderBy(g => g.Key).Select(g => (jobs[g.First()].Net, Found(g)))];
        double[] x = [.. depths.Select(d => (double)d.Net.Depth)];
        Interval[] y = [.. depths.Select(d => Geometric(d.Sizes, s => s.RootMeanSquare))];
        series.Add(Series.Of(start, Start, Depth, x, y));
        double[] predicted = [.. depths.Select(d => CovarianceRecursion.Predict(d.Net, uniform: false)?.RootMeanSquare ?? double.NaN)];
        if (double.IsFinite(predicted[0]))
        {
            series.Add(Series.Predicted(start, Start, Depth, x, predicted));
        }

        for (int i = 0; i < depths.Length; i++)
        {
            starts.Add([start, x[i], y[i].Estimate, predicted[i]]);
            if (double.IsFinite(predicted[i]))
            {
                claims.Add(SignalGrowthClaims.TestFromWeights(depths[i].Net, Times(1 / predicted[i], y[i])));
            }
        }

        // seed by seed, so that an interrupted run compares the same seeds
        int pairs = Math.Min(depths[0].Sizes.Length, depths[^1].Sizes.Length);
        if (depths.Length > 1)
        {
            double[] ratios = [.. Enumerable.Range(0, pairs).Select(i => depths[^1].Sizes[i].RootMeanSquare / depths[0].Sizes[i].RootMeanSquare)];
            claims.Add(SignalGrowthClaims.TestStart(start, depths[0].Net, depths[^1].Net, Interval.OfGeometricMean(ratios)));
        }
    }

    private void AddLine(string name, Quantity quantity, int first, StreamSizes[] sizes, Func<StreamSizes, double[]> line, Func<ReadOnlySpan<double>, Interval> average)
    {
        int points = line(sizes[0]).Length;
        series.Add(Series.Of(
            name,
            quantity,
            Layer,
            [.. Enumerable.Range(first, points).Select(i => (double)i)],
            [.. Enumerable.Range(0, points).Select(i => average(sizes.Select(s => line(s)[i]).ToArray()))]));
    }

    private void AddPrediction(string name, Quantity quantity, int first, double[] line) =>
        series.Add(Series.Predicted(name, quantity, Layer, [.. Enumerable.Range(first, line.Length).Select(i => (double)i)], line));

    private static double Slope(double[] line) => LineFit.Through([.. Enumerable.Range(0, line.Length).Select(i => (double)i)], line).Slope;

    private static Interval Times(double factor, Interval x) => new(factor * x.Estimate, factor * x.Low, factor * x.High);
}
