namespace Fukami.Lab;

/// <summary>What the nets of a run of <see cref="Placement"/> showed; a net that was not measured has found nothing.</summary>
/// <param name="jobs">The jobs.</param>
/// <param name="found">What each found.</param>
/// <param name="depth">Layers of the nets that are trained, and whose start is shown.</param>
/// <param name="depths">Depths over which the first step is compared.</param>
/// <param name="warmUp">Steps of the warm-up.</param>
internal sealed class PlacementResult(IReadOnlyList<PlacementJob> jobs, PlacementFinding?[] found, int depth, IReadOnlyList<int> depths, int warmUp)
{
    private static readonly Quantity Layer = new("layer", new("layer", "層"), "", Logarithmic: false);
    private static readonly Quantity Depth = new("depth", new("depth (layers)", "深さ（層の数）"), "", Logarithmic: true);
    private static readonly Quantity WarmUp = new("warm_up", new("warm-up (steps)", "ウォームアップ（ステップ数）"), "", Logarithmic: false);
    private static readonly Quantity Step = new("step", new("step", "ステップ"), "", Logarithmic: false);
    private static readonly Quantity Share = new("learned_share", new("learned share (0: token frequencies, 1: all there is to learn)", "学習できた割合（0: トークンの頻度だけ、1: 学べることのすべて）"), "", Logarithmic: false);
    private static readonly Quantity Adam = new("adam_update", new("how far one step of Adam moves the logits (rms)", "Adam の 1 ステップでロジットが動く大きさ（二乗平均平方根）"), "", Logarithmic: true);
    private static readonly Quantity Sgd = new("sgd_update", new("how far one step of gradient descent moves the logits (rms)", "勾配降下の 1 ステップでロジットが動く大きさ（二乗平均平方根）"), "", Logarithmic: true);
    private static readonly Quantity Stream = new("stream_size", new("size of the stream at the start (rms; 0: before the first layer)", "開始時のストリームの大きさ（二乗平均平方根、0 は最初の層の手前）"), "", Logarithmic: true);
    private static readonly Quantity Gradient = new("weight_gradient_norm", new("second feed-forward matrix's gradient norm at the start", "開始時のフィードフォワード第 2 行列の勾配ノルム"), "", Logarithmic: true);
    private static readonly Quantity Loss = new("training_loss", new("training loss without warm-up", "ウォームアップなしでの学習中の損失"), "nat", Logarithmic: true);

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        PlacementFigures[] figures = [.. jobs.Select(j => j.Arrangement).Distinct().Select(FiguresOf)];
        List<ClaimResult> claims = [.. PlacementClaims.Test(figures)];
        var order = PlacementClaims.All.ToList();
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = [.. claims.OrderBy(c => order.IndexOf(c.Claim))],
            Omitted = [.. order.Where(c => !claims.Exists(r => r.Claim == c)).Select(PlacementClaims.Omit)],
            Series = [
                .. figures.SelectMany(f => Updates(f, Adam, s => s.Adam, PlacementTheory.AdamScale)),
                .. figures.SelectMany(f => Updates(f, Sgd, s => s.Sgd, PlacementTheory.SgdScale)),
                .. figures.SelectMany(Shares),
                .. figures.SelectMany(f => AtStart(f, Stream, 0, s => s.Stream)),
                .. figures.SelectMany(f => AtStart(f, Gradient, 1, s => s.Gradient)),
                .. figures.SelectMany(Losses),
            ],
            Tables = [SideBySide(figures)],
        };
    }

    private PlacementFigures FiguresOf(Arrangement arrangement)
    {
        int[] mine = [.. Enumerable.Range(0, jobs.Count).Where(i => jobs[i].Arrangement == arrangement && found[i] is not null)];
        return new PlacementFigures(
            arrangement,
            jobs.First(j => j.Arrangement == arrangement && j.Depth == depth).Learning.Net,
            depths,
            [.. mine.Where(i => found[i]!.FirstStep is not null).Select(i => (jobs[i].Learning.Seed, jobs[i].Depth, found[i]!.FirstStep!))],
            [.. Learned(PlacementKind.Cold)],
            [.. Learned(PlacementKind.WarmedUp)]);

        IEnumerable<(long, LearningFinding)> Learned(PlacementKind kind) =>
            mine.Where(i => jobs[i].Kind == kind).Select(i => (jobs[i].Learning.Seed, found[i]!.Learned!));
    }

    // measured, and what the theory says of the change with depth, drawn through the shallowest measurement
    private IEnumerable<Series> Updates(PlacementFigures figures, Quantity quantity, Func<FirstStep, double> update, Func<PlacementFigures, int, double?> scale)
    {
        int[] measured = [.. depths.Where(d => figures.StepsAt(d).Length > 0)];
        if (measured.Length == 0)
        {
            yield break;
        }

        double[] x = [.. measured.Select(d => (double)d)];
        Interval[] y = [.. measured.Select(d => Interval.OfGeometricMean([.. figures.StepsAt(d).Select(update)]))];
        yield return Series.Of(figures.Arrangement.Name, quantity, Depth, x, y);
        if (scale(figures, measured[0]) is { } first)
        {
            yield return Series.Predicted(figures.Arrangement.Name, quantity, Depth, x, [.. measured.Select(d => y[0].Estimate * scale(figures, d)!.Value / first)]);
        }
    }

    private IEnumerable<Series> Shares(PlacementFigures figures)
    {
        (double X, Interval Share)[] points = [
            .. PlacementFigures.Share(figures.Cold) is { } cold ? [(0.0, cold)] : Array.Empty<(double, Interval)>(),
            .. PlacementFigures.Share(figures.WarmedUp) is { } warm ? [(warmUp, warm)] : Array.Empty<(double, Interval)>(),
        ];
        if (points.Length > 0)
        {
            yield return Series.Of(figures.Arrangement.Name, Share, WarmUp, [.. points.Select(p => p.X)], [.. points.Select(p => p.Share)]);
        }
    }

    private IEnumerable<Series> AtStart(PlacementFigures figures, Quantity quantity, int first, Func<FirstStep, double[]> values)
    {
        FirstStep[] steps = figures.StepsAt(depth);
        if (steps.Length == 0)
        {
            yield break;
        }

        int points = values(steps[0]).Length;
        double[] x = [.. Enumerable.Range(first, points).Select(i => (double)i)];
        yield return Series.Of(figures.Arrangement.Name, quantity, Layer, x, [.. Enumerable.Range(0, points).Select(i => Interval.OfGeometricMean([.. steps.Select(s => values(s)[i])]))]);
        if (quantity == Stream && PlacementTheory.StreamSize(figures, 0) is not null)
        {
            yield return Series.Predicted(figures.Arrangement.Name, quantity, Layer, x, [.. Enumerable.Range(0, points).Select(l => PlacementTheory.StreamSize(figures, l)!.Value)]);
        }
    }

    private static IEnumerable<Series> Losses(PlacementFigures figures)
    {
        if (figures.Cold.Count > 0)
        {
            int steps = figures.Cold[0].Finding.Losses.Length;
            yield return Series.Of(
                figures.Arrangement.Name,
                Loss,
                Step,
                [.. Enumerable.Range(1, steps).Select(i => (double)i)],
                [.. Enumerable.Range(0, steps).Select(i => Interval.OfMean([.. figures.Cold.Select(c => c.Finding.Losses[i])]))]);
        }
    }

    private Table SideBySide(PlacementFigures[] figures) => new(
        "arrangements",
        new(
            "Side by side: stream and gradient of the last layer in units of the first at the start, slope over depth of the first step's effect (Adam, gradient descent), learned share without and with warm-up",
            "配置の比較: 開始時の最後の層のストリームと勾配（最初を 1 とする）、最初の 1 ステップの効果の深さに対する傾き（Adam、勾配降下）、ウォームアップなしとありで学習できた割合"),
        [
            new("arrangement", new("net", "配置")),
            new("stream", new("stream", "ストリーム")),
            new("gradient", new("gradient", "勾配")),
            new("adam_slope", new("Adam", "Adam")),
            new("sgd_slope", new("descent", "勾配降下")),
            new("cold", new("cold", "なし")),
            new("warm", new("warm-up", "あり")),
        ],
        [.. figures.Select(f =>
        {
            FirstStep[] start = f.StepsAt(depth);
            return (IReadOnlyList<TableCell>)
            [
                f.Arrangement.Name,
                Mean(start, s => s.Stream[^1] / s.Stream[0]),
                Mean(start, s => s.Gradient[^1] / s.Gradient[0]),
                f.Slope(s => s.Adam)?.Estimate ?? double.NaN,
                f.Slope(s => s.Sgd)?.Estimate ?? double.NaN,
                PlacementFigures.Share(f.Cold)?.Estimate ?? double.NaN,
                PlacementFigures.Share(f.WarmedUp)?.Estimate ?? double.NaN,
            ];
        })]);

    // a ratio of nothing to nothing (rezero's gradients) is no number, and its logarithm neither
    private static double Mean(FirstStep[] steps, Func<FirstStep, double> figure)
    {
        double[] values = [.. steps.Select(figure)];
        return values.Length == 0 || Array.Exists(values, v => !(v > 0)) ? double.NaN : Interval.OfGeometricMean(values).Estimate;
    }
}
