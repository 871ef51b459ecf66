using System.Globalization;

namespace Fukami.Lab;

/// <summary>What the trials of a run of <see cref="TrainInferenceGap"/> found; a trial that was not run has found nothing.</summary>
internal sealed class GapResult(IReadOnlyList<GapJob> jobs, GapFinding?[] found)
{
    private const string BatchNorm = "batch";

    private static readonly Quantity Size = new("batch", new("batch", "バッチの大きさ"), "", Logarithmic: true);
    private static readonly Quantity Settled = new("settled_gap", new("difference of the logits between the modes, statistics at rest", "2 つのモードのロジットの差（移動平均が落ち着いたあと）"), "", Logarithmic: true);
    private static readonly Quantity Gap = new("gap", new("difference of the logits between the modes, right after training", "2 つのモードのロジットの差（学習直後）"), "", Logarithmic: true);
    private static readonly Quantity Loss = new("loss_gap", new("loss in training mode minus loss in inference mode", "損失の差（学習モード − 推論モード）"), "nats", Logarithmic: false);

    /// <summary>The normalizations.</summary>
    public required IReadOnlyList<string> Norms { get; init; }

    /// <summary>The batch sizes of the comparison.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>The batch size of the training.</summary>
    public required int Trained { get; init; }

    /// <summary>Whether there were passes for the running statistics to come to rest.</summary>
    public required bool Settles { get; init; }

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        var order = GapClaims.All.ToList();
        ClaimResult[] claims = [.. Claims().OrderBy(c => order.IndexOf(c.Claim))];
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = claims,
            Omitted = [.. order.Where(c => !Array.Exists(claims, r => r.Claim == c)).Select(Omit)],
            Series = [.. AllSeries()],
        };
    }

    private IEnumerable<ClaimResult> Claims()
    {
        foreach (string norm in Norms.Where(n => Of(n).Length > 0))
        {
            // a claim about every net: a single one that differs refutes it, so the largest difference is the figure, and no interval
            double largest = Of(norm).Max(f => Math.Max(f.Logits.Max(), f.Settled.Max()));
            yield return GapClaims.SameInBothModes.Test(norm, "0", new Bound(0, 0), Interval.Exactly(largest), norm switch
            {
                "batch" => new("Training mode takes mean and variance from the batch, inference mode from the past.", "学習モードは平均と分散をバッチから、推論モードは過去の移動平均から取ります。"),
                "power" => new("Both modes divide by the running quadratic mean, which a pass moves only afterwards.", "どちらのモードも二乗平均の移動平均で割り、移動平均の更新はその後に行われます。"),
                _ => new("The computation has only one mode.", "この計算には、そもそもモードの区別がありません。"),
            });
        }

        GapFinding[] batch = Of(BatchNorm);
        if (batch.Length == 0)
        {
            yield break;
        }

        if (Sizes.Count > 1)
        {
            double slope = GapPredictions.Slope(Sizes, Trained);
            yield return GapClaims.GapFalls.Test(BatchNorm, $"{Short(slope)} ± 0.1", Bound.Around(slope, 0.1), Interval.OfMean(batch.Select(f => GapPredictions.SlopeOf(Sizes, f.Settled)).ToArray()), new(
                "Sentences are independent of one another, so their statistics' noise averages out as 1/√B; what is left at large batches is the running statistics' own noise.",
                "文どうしは独立なので、統計の揺らぎは 1/√B で平均化されます。大きなバッチで残るのは移動平均自身の揺らぎです。"));
        }

        if (Settles)
        {
            yield return GapClaims.SettlingHelps.Test(BatchNorm, "< 1", Bound.AtMost(1), Interval.OfGeometricMean(batch.Select(f => f.Settled[^1] / f.Logits[^1]).ToArray()), new(
                "A running mean with momentum 0.1 looks back over about ten steps, in which the weights have moved.",
                "モーメンタム 0.1 の移動平均は約 10 ステップ分を振り返り、その間に重みは動いています。"));
        }

        yield return GapClaims.TrainingModeCosts.Test(string.Create(CultureInfo.InvariantCulture, $"batch {Sizes[0]}"), "> 0", Bound.AtLeast(0), Interval.OfMean(batch.Select(f => f.Loss[0]).ToArray()), new(
            "The batch's own statistics are a noisy estimate of the ones that the net works best with.",
            "バッチ自身の統計は、ネットが最もよく働く統計の、揺らいだ推定値です。"));
    }

    private OmittedClaim Omit(Claim claim) => new(claim, Of(BatchNorm).Length == 0
        ? new("It is about batch normalization: norm=batch tests it.", "バッチ正規化についての主張です。norm=batch で検証できます。")
        : claim == GapClaims.SettlingHelps
            ? new("No passes were asked for: settle=50 tests it.", "重みを変えないパスが指定されていません。settle=50 で検証できます。")
            : new("A slope needs two batch sizes or more.", "傾きには 2 つ以上のバッチサイズが必要です。"));

    private IEnumerable<Series> AllSeries()
    {
        string[] norms = [.. Norms.Where(n => Of(n).Length > 0)];
        double[] x = [.. Sizes.Select(s => (double)s)];
        IEnumerable<Series> predicted = [];
        if (norms.Contains(BatchNorm, StringComparer.Ordinal))
        {
            // the factor is taken from the largest batch, where the gap is smallest and the approximation best
            double factor = Average(BatchNorm, f => f.Settled[^1], Interval.OfGeometricMean).Estimate / GapPredictions.Shape(Sizes[^1], Trained);
            predicted = [Series.Predicted(BatchNorm, Settled, Size, x, [.. Sizes.Select(s => factor * GapPredictions.Shape(s, Trained))])];
        }

        return
        [
            .. norms.Select(n => Measured(n, Settled, f => f.Settled, Interval.OfGeometricMean)),
            .. predicted,
            .. norms.Select(n => Measured(n, Gap, f => f.Logits, Interval.OfGeometricMean)),
            .. norms.Select(n => Measured(n, Loss, f => f.Loss, Interval.OfMean)),
        ];

        Series Measured(string norm, Quantity quantity, Func<GapFinding, double[]> figures, Func<ReadOnlySpan<double>, Interval> average) =>
            Series.Of(norm, quantity, Size, x, [.. Enumerable.Range(0, x.Length).Select(i => Average(norm, f => figures(f)[i], average))]);
    }

    private Interval Average(string norm, Func<GapFinding, double> figure, Func<ReadOnlySpan<double>, Interval> average) => average(Of(norm).Select(figure).ToArray());

    private GapFinding[] Of(string norm) => [.. Enumerable.Range(0, jobs.Count).Where(i => jobs[i].Norm == norm).Select(i => found[i]).OfType<GapFinding>()];

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
