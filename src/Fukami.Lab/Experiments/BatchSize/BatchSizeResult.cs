using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>What the trials of a run of <see cref="BatchSize"/> found; a trial that was not run has found nothing.</summary>
internal sealed class BatchSizeResult(IReadOnlyList<BatchSizeJob> jobs, BatchSizeFinding?[] found)
{
    private const string BatchNorm = "batch";
    private const double Tolerance = 0.05; // of the statistics' ratios, and of what there is to learn

    private static readonly Quantity Size = new("batch", new("batch", "バッチの大きさ"), "", Logarithmic: true);
    private static readonly Quantity MeanSpread = new("batch_mean_spread", new("spread of the batch mean (σ = 1)", "バッチ平均のばらつき（σ = 1）"), "", Logarithmic: true);
    private static readonly Quantity VarianceMean = new("batch_variance_mean", new("mean of the batch variance (σ² = 1)", "バッチ分散の平均（σ² = 1）"), "", Logarithmic: false);
    private static readonly Quantity VarianceVariation = new("batch_variance_variation", new("coefficient of variation of the batch variance", "バッチ分散の変動係数"), "", Logarithmic: true);
    private static readonly Quantity Movement = new("output_change", new("change of a sentence's logits by its neighbours", "隣の文による文のロジットの変化"), "", Logarithmic: false);
    private static readonly Quantity HeldOut = new("loss_above_entropy", new("held-out loss after training above the source's entropy", "学習後の検証損失が情報源のエントロピーを上回る分"), "nats", Logarithmic: true);

    /// <summary>The normalizations.</summary>
    public required IReadOnlyList<string> Norms { get; init; }

    /// <summary>The batch sizes.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>The size at which losses are compared.</summary>
    public required int Compare { get; init; }

    /// <summary>Positions of a sentence.</summary>
    public required int Length { get; init; }

    /// <summary>ε.</summary>
    public required double Epsilon { get; init; }

    /// <summary>The entropy H of the source of a seed, in nats: no net can do better.</summary>
    public required Func<int, double> Entropy { get; init; }

    /// <summary>V, the different tokens.</summary>
    public required int Vocabulary { get; init; }

    private BatchStatistics[] Statistics => [.. found.Select(f => f?.Statistics).OfType<BatchStatistics>()];

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        ClaimResult[] claims = [.. StatisticsClaims(), .. NeighbourClaims(), .. LossClaims()];
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = claims,
            Omitted = [.. BatchSizeClaims.All.Where(c => !Array.Exists(claims, r => r.Claim == c)).Select(Omit)],
            Series = [.. StatisticsSeries(), .. NeighbourSeries(), .. LossSeries()],
            Tables = [.. new[] { StatisticsTable(), LossTable() }.OfType<Table>()],
        };
    }

    private IEnumerable<ClaimResult> StatisticsClaims()
    {
        BatchStatistics[] statistics = Statistics;
        if (statistics.Length == 0)
        {
            yield break;
        }

        var nearOne = Bound.Around(1, Tolerance);
        yield return BatchSizeClaims.MeanNoise.Test(BatchNorm, "1 ± 0.05", nearOne, Ratio(1, m => m.MeanSpread / BatchMoments.PredictMeanSpread(m.Size)), new(
            "A mean of B independent samples varies by σ/√B, and the net subtracts it from every one of them.",
            "独立な B 個のサンプルの平均は σ/√B だけばらつき、ネットはそれをすべてのサンプルから引きます。"));
        if (Sizes[^1] > 1)
        {
            yield return BatchSizeClaims.VarianceBias.Test(BatchNorm, "1 ± 0.05", nearOne, Ratio(2, m => m.VarianceMean / BatchMoments.PredictVarianceMean(m.Size)), new(
                "The samples lie nearer to their own mean than to the true one, by the mean's own variance σ²/B.",
                "サンプルは真の平均よりも自分たちの平均に近く、その差は平均の分散 σ²/B に等しくなります。"));
            yield return BatchSizeClaims.VarianceNoise.Test(BatchNorm, "1 ± 0.05", nearOne, Ratio(2, m => m.VarianceVariation / BatchMoments.PredictVarianceVariation(m.Size)), new(
                "B·s²/σ² follows a χ² distribution with B − 1 degrees of freedom.",
                "B·s²/σ² は自由度 B − 1 の χ² 分布に従います。"));
        }

        double size = statistics.Average(s => s.TwoSamplesSize);
        yield return BatchSizeClaims.TwoSamples.Test(Epsilons(Epsilon), "≤ 1e-5", Bound.AtMost(1e-5), Interval.OfMean(statistics.Select(s => s.TwoSamples).ToArray()), new(
            $"Two samples lie at −d/2 and d/2 about their mean, and their deviation is d/2 too. With this ε, |y| is {Short(size)} on average.",
            $"2 つのサンプルは平均から −d/2 と d/2 にあり、標準偏差も d/2 です。この ε では |y| は平均 {Short(size)} です。"));
        yield return BatchSizeClaims.TwoSamples.Test("ε=1e-12", "≤ 1e-5", Bound.AtMost(1e-5), Interval.OfMean(statistics.Select(s => s.TwoSamplesWithoutEpsilon).ToArray()), new(
            "Without ε nothing of the values is left, only which of the two is larger.",
            "ε がなければ、値の情報は何も残らず、どちらが大きいかだけが残ります。"));
        yield return BatchSizeClaims.OneSample.Test(BatchNorm, "0", new Bound(0, 0), Interval.Exactly(statistics.Max(s => s.OneSample)), new(
            "The mean of one sample is the sample: x − μ is zero to the bit.",
            "1 サンプルの平均はそのサンプル自身で、x − μ はビット単位でゼロです。"));
    }

    private static string Epsilons(double epsilon) => "ε=" + epsilon.ToString(epsilon < 1e-3 ? "0.##e+0" : "0.###", CultureInfo.InvariantCulture);

    // a claim about all sizes from some on, as one ratio of measurement to prediction
    private Interval Ratio(int from, Func<BatchMoments, double> ratio) => Interval.OfGeometricMean(Statistics
        .Select(s => ReproducibleMath.Exp(s.Moments.Where(m => m.Size >= from).Average(m => ReproducibleMath.Log(ratio(m))))).ToArray());

    private IEnumerable<ClaimResult> NeighbourClaims()
    {
        foreach (string norm in Norms)
        {
            double[] largest = [.. Changes(norm).Select(c => c.Max())];
            if (largest.Length > 0 && Sizes[^1] > 1)
            {
                // a claim about every net: a single sentence that moves refutes it, so the largest change is the figure, and no interval
                yield return BatchSizeClaims.BatchFree.Test(norm, "0", new Bound(0, 0), Interval.Exactly(largest.Max()), NormalizedNets.UsesTheBatch(norm)
                    ? new("Mean and variance are those of the whole batch: every sentence has a part in every other's output.", "平均と分散はバッチ全体のものです。どの文の出力にも、ほかのすべての文が関わります。")
                    : new("Nothing in the pass looks across rows of different sentences.", "この計算のどこにも、文をまたいで参照する箇所がありません。"));
            }
        }
    }

    private IEnumerable<ClaimResult> LossClaims()
    {
        if (!Norms.Contains(BatchNorm, StringComparer.Ordinal) || !Norms.Contains("layer", StringComparer.Ordinal))
        {
            yield break;
        }

        if (Excess(Compare) is { } excess)
        {
            string subject = string.Create(CultureInfo.InvariantCulture, $"batch {Compare}");
            int samples = Compare * Length;
            yield return BatchSizeClaims.EqualLoss.Test(subject, "0 ± 0.05", Bound.Around(0, Tolerance), excess, new(
                $"A batch of {Compare} sentences of {Length} tokens gives {samples} samples of each feature: the statistics' noise is about 1.5/{samples} of a feature's variance.",
                $"{Length} トークンの文 {Compare} 個のバッチには、各特徴のサンプルが {samples} 個あります。統計の揺らぎは特徴の分散の約 1.5/{samples} です。"));
            yield return BatchSizeClaims.SimplyWorse.Test(subject, "> 0.05", Bound.AtLeast(Tolerance), excess, new(
                "What counts is how many samples the batch holds and who else is in it, not that it is text.",
                "効くのは、バッチにサンプルがいくつあるか、ほかに何が入っているかであり、テキストかどうかではありません。"));
        }

        if (Sizes[0] != Compare && ExcessRatio(Sizes[0]) is { } small)
        {
            int samples = Sizes[0] * Length;
            yield return BatchSizeClaims.SmallBatchesHurt.Test(string.Create(CultureInfo.InvariantCulture, $"batch {Sizes[0]}"), "≥ 1", Bound.AtLeast(1), small, samples == 1
                ? new("One sample: every normalized feature is the bias, whatever the token, so no gradient tells one token from another.", "サンプルが 1 つなので、正規化後の特徴はトークンによらずバイアスに等しくなり、トークンを区別する勾配が生まれません。")
                : new(
                    $"{samples} samples that one sentence shares: each step sees another mean and variance, and the running ones used afterwards are none of them.",
                    $"サンプルは 1 文の {samples} 個だけです。平均と分散はステップごとに変わり、あとで使う移動平均はそのどれとも一致しません。"));
        }
    }

    // (batch − layer)/(ln V − H) at a size, over the seeds that have both
    private Interval? Excess(int size)
    {
        var batch = Losses(BatchNorm, size);
        var layer = Losses("layer", size);
        double[] shares = [.. batch.Keys.Where(layer.ContainsKey).Order().Select(seed => (batch[seed] - layer[seed]) / (ReproducibleMath.Log(Vocabulary) - Entropy(seed)))];
        return shares.Length == 0 ? null : Interval.OfMean(shares);
    }

    // (batch − H)/(layer − H) at a size, over the seeds that have both
    private Interval? ExcessRatio(int size)
    {
        var batch = Losses(BatchNorm, size);
        var layer = Losses("layer", size);
        double[] ratios = [.. batch.Keys.Where(layer.ContainsKey).Order().Select(seed => (batch[seed] - Entropy(seed)) / (layer[seed] - Entropy(seed)))];
        return ratios.Length == 0 ? null : Interval.OfGeometricMean(ratios);
    }

    private static OmittedClaim Omit(Claim claim) => new(claim, new LocalizedText(
        "It needs norm=batch,layer and a batch of more than one beside the one to compare at.",
        "norm=batch,layer と、compare のほかに 2 以上のバッチサイズが必要です。"));

    private IEnumerable<Series> StatisticsSeries()
    {
        BatchStatistics[] statistics = Statistics;
        return statistics.Length == 0 ? [] :
        [
            .. Of(MeanSpread, 1, m => m.MeanSpread, BatchMoments.PredictMeanSpread, Interval.OfGeometricMean),
            .. Of(VarianceMean, 2, m => m.VarianceMean, BatchMoments.PredictVarianceMean, Interval.OfMean),
            .. Of(VarianceVariation, 2, m => m.VarianceVariation, BatchMoments.PredictVarianceVariation, Interval.OfMean),
        ];

        IEnumerable<Series> Of(Quantity quantity, int from, Func<BatchMoments, double> figure, Func<int, double> predict, Func<ReadOnlySpan<double>, Interval> average)
        {
            int[] sizes = [.. Sizes.Where(s => s >= from)];
            if (sizes.Length > 0)
            {
                double[] x = [.. sizes.Select(s => (double)s)];
                yield return Series.Of(BatchNorm, quantity, Size, x, [.. sizes.Select(size => average(statistics.Select(s => figure(s.Moments.Single(m => m.Size == size))).ToArray()))]);
                yield return Series.Predicted(BatchNorm, quantity, Size, x, [.. sizes.Select(predict)]);
            }
        }
    }

    private IEnumerable<Series> NeighbourSeries() =>
        from norm in Norms
        let changes = Changes(norm)
        where changes.Length > 0
        select Series.Of(norm, Movement, Size, [.. Sizes.Select(s => (double)s)], [.. Enumerable.Range(0, Sizes.Count).Select(i => Interval.OfMean(changes.Select(c => c[i]).ToArray()))]);

    private IEnumerable<Series> LossSeries()
    {
        foreach (string norm in Norms)
        {
            int[] sizes = [.. Sizes.Where(size => Losses(norm, size).Count > 0)];
            if (sizes.Length > 0)
            {
                yield return Series.Of(norm, HeldOut, Size, [.. sizes.Select(s => (double)s)], [.. sizes.Select(size => Interval.OfGeometricMean(Losses(norm, size).OrderBy(l => l.Key).Select(l => l.Value - Entropy(l.Key)).ToArray()))]);
            }
        }
    }

    private Table? StatisticsTable()
    {
        BatchStatistics[] statistics = Statistics;
        return statistics.Length == 0 ? null : new Table(
            "statistics",
            new("By batch size: spread of the batch mean, mean and coefficient of variation of the batch variance, each with its prediction", "バッチサイズごと: バッチ平均のばらつき、バッチ分散の平均と変動係数（それぞれ予測つき）"),
            [
                new("batch", new("batch", "バッチ")),
                new("mean_spread", new("mean ±", "平均 ±")),
                new("predicted_mean_spread", new("σ/√B", "σ/√B")),
                new("variance_mean", new("variance", "分散")),
                new("predicted_variance_mean", new("1−1/B", "1−1/B")),
                new("variance_variation", new("variation", "変動係数")),
                new("predicted_variance_variation", new("√(2/(B−1))", "√(2/(B−1))")),
            ],
            [.. Sizes.Select((size, i) => (IReadOnlyList<TableCell>)
            [
                size,
                statistics.Average(s => s.Moments[i].MeanSpread),
                BatchMoments.PredictMeanSpread(size),
                statistics.Average(s => s.Moments[i].VarianceMean),
                BatchMoments.PredictVarianceMean(size),
                statistics.Average(s => s.Moments[i].VarianceVariation),
                size == 1 ? double.NaN : BatchMoments.PredictVarianceVariation(size),
            ])]);
    }

    private Table? LossTable()
    {
        Series[] losses = [.. LossSeries()];
        int[] sizes = [.. losses.SelectMany(s => s.X).Distinct().Order().Select(x => (int)x)];
        return sizes.Length == 0 ? null : new Table(
            "losses",
            new(
                $"Held-out loss after training above the source's entropy, in nats, by batch size (samples: sentences × {Length} positions)",
                $"学習後の検証損失が情報源のエントロピーを上回る分（nat）、バッチサイズごと（サンプル数は文の数 × {Length} 位置）"),
            [new("batch", new("batch", "バッチ")), new("samples", new("samples", "サンプル")), .. losses.Select(s => new TableColumn(s.Name, new(s.Name, s.Name)))],
            [.. sizes.Select(size => (IReadOnlyList<TableCell>)[size, size * Length, .. losses.Select(s => (TableCell)At(s, size))])]);

        static double At(Series series, int size)
        {
            int i = series.X.ToList().IndexOf(size);
            return i < 0 ? double.NaN : series.Y[i];
        }
    }

    private double[][] Changes(string norm) =>
        [.. Enumerable.Range(0, jobs.Count).Where(i => jobs[i].Norm == norm).Select(i => found[i]?.Changes).OfType<double[]>()];

    private Dictionary<int, double> Losses(string norm, int size) => Enumerable.Range(0, jobs.Count)
        .Where(i => jobs[i].Norm == norm && jobs[i].Size == size && found[i] is not null)
        .ToDictionary(i => jobs[i].Seed, i => found[i]!.Loss!.Value);

    private static string Short(double number) => number.ToString("G4", CultureInfo.InvariantCulture);
}
