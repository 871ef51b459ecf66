using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What the jobs of a run of <see cref="GradientFlow"/> found; a job that was not run has found nothing.</summary>
/// <param name="jobs">The jobs.</param>
/// <param name="findings">Of each job.</param>
/// <param name="drawn">Whether anything was drawn at random; a figure that leaves nothing to chance is its own interval.</param>
internal sealed class GradientFlowResult(IReadOnlyList<GradientFlowJob> jobs, GradientFlowFinding?[] findings, bool drawn = true)
{
    private static readonly Quantity Layer = new("layer", new("layer", "層"), "", Logarithmic: false);
    private static readonly Quantity Depth = new("depth", new("depth (layers)", "深さ（層の数）"), "", Logarithmic: true);
    private static readonly Quantity Hidden = new("hidden_gradient_norm", new("hidden state's gradient norm (0: before the first layer)", "隠れ状態の勾配ノルム（0 は最初の層の手前）"), "", Logarithmic: true);
    private static readonly Quantity Weight = new("weight_gradient_norm", new("second feed-forward matrix's gradient norm", "フィードフォワード第 2 行列の勾配ノルム"), "", Logarithmic: true);
    private static readonly Quantity Direct = new("direct_path_gradient_norm", new("gradient norm through skips alone", "スキップだけを通った勾配のノルム"), "", Logarithmic: true);
    private static readonly Quantity Share = new("direct_path_share", new("direct path's share of the gradient", "勾配に占める直接経路の割合"), "", Logarithmic: false);
    private static readonly Quantity LastLayer = new("last_layer_gradient_norm", new("last layer's weight gradient norm", "最後の層の重みの勾配ノルム"), "", Logarithmic: true);

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings, bool fresh)
    {
        var hidden = new List<Series>();
        var weight = new List<Series>();
        var direct = new List<Series>();
        var share = new List<Series>();
        var last = new List<Series>();
        var claims = new List<ClaimResult>();
        var rows = new List<IReadOnlyList<TableCell>>();
        foreach (IGrouping<Arrangement, int> group in Enumerable.Range(0, jobs.Count).GroupBy(i => jobs[i].Arrangement))
        {
            Arrangement arrangement = group.Key;
            GradientProfile[] found = [.. group.Select(i => findings[i]?.Profile).OfType<GradientProfile>()];
            TransformerSettings net = jobs[group.First(i => jobs[i].Profile)].Net;
            Interval? slope = Slope(group, last);
            if (slope is { } measured && GradientFlowClaims.PredictSlope(arrangement, net) is { } prediction)
            {
                claims.Add(GradientFlowClaims.TestSlope(arrangement, prediction, measured));
            }

            if (found.Length == 0)
            {
                continue;
            }

            hidden.Add(ByLayer(Hidden, 0, p => p.Hidden, geometric: true));
            weight.Add(ByLayer(Weight, 1, p => p.Weight, geometric: true));
            if (arrangement.HasSkip)
            {
                direct.Add(ByLayer(Direct, 0, p => p.Direct, geometric: true));
                share.Add(ByLayer(Share, 0, p => p.DirectShare, geometric: false));
            }

            claims.AddRange(GradientFlowClaims.Test(arrangement, net, fresh, Average));
            rows.Add(
            [
                arrangement.Name,
                Average(p => p.FirstOverLast).Estimate,
                Average(p => ReproducibleMath.Exp(p.HiddenFit.Slope)).Estimate,
                Over(found, p => p.HiddenFit.Determination, Interval.OfMean).Estimate,
                arrangement.HasSkip ? Average(p => p.DirectGain).Estimate : 0,
                arrangement.HasSkip ? Over(found, p => p.DirectShare[0], Interval.OfMean).Estimate : 0,
                slope?.Estimate ?? double.NaN,
            ]);

            Interval Average(Func<GradientProfile, double> figure) => Over(found, figure, Interval.OfGeometricMean);

            Series ByLayer(Quantity quantity, int first, Func<GradientProfile, double[]> figures, bool geometric)
            {
                int points = figures(found[0]).Length;
                return Series.Of(
                    arrangement.Name,
                    quantity,
                    Layer,
                    [.. Enumerable.Range(first, points).Select(i => (double)i)],
                    [.. Enumerable.Range(0, points).Select(i => Over(found, p => figures(p)[i], geometric ? Interval.OfGeometricMean : Interval.OfMean))]);
            }
        }

        var order = GradientFlowClaims.All.ToList();
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = [.. claims.OrderBy(c => order.IndexOf(c.Claim))],
            Omitted = [.. order.Where(c => !claims.Exists(r => r.Claim == c)).Select(c => GradientFlowClaims.Omit(c, fresh))],
            Series = [.. hidden, .. weight, .. direct, .. share, .. last],
            Tables = [new Table("arrangements", new("By arrangement: first/last gradient, factor a layer and its fit, what the skips alone carry and its share at the first layer, slope over depth", "配置ごと: 最初と最後の勾配の比、1 層の倍率と当てはめ、直接経路だけが運ぶ分と最初の層でのその割合、深さの傾き"), Columns, rows)],
        };
    }

    private static IReadOnlyList<TableColumn> Columns { get; } =
    [
        new("arrangement", new("net", "配置")),
        new("first_over_last", new("first/last", "最初/最後")),
        new("factor_per_layer", new("a layer", "1層の倍率")),
        new("r_squared", new("fit R²", "R²")),
        new("direct_path_gain", new("skips", "直接経路")),
        new("direct_path_share", new("share", "割合")),
        new("depth_slope", new("slope", "深さの傾き")),
    ];

    private Interval Over(GradientProfile[] found, Func<GradientProfile, double> figure, Func<ReadOnlySpan<double>, Interval> average) =>
        drawn ? average(found.Select(figure).ToArray()) : Interval.Exactly(figure(found[0]));

    // the slope of each seed whose depths were all measured
    private Interval? Slope(IEnumerable<int> group, List<Series> series)
    {
        List<IGrouping<int, int>> seeds = [.. group.Where(i => !jobs[i].Profile).GroupBy(i => jobs[i].Seed).Where(g => g.All(i => findings[i] is not null))];
        if (seeds.Count == 0)
        {
            return null;
        }

        int[] first = [.. seeds[0].OrderBy(i => jobs[i].Net.Depth)];
        double[] depths = [.. first.Select(i => (double)jobs[i].Net.Depth)];
        double[][] norms = [.. seeds.Select(g => g.OrderBy(i => jobs[i].Net.Depth).Select(i => findings[i]!.LastLayer!.Value).ToArray())];
        series.Add(Series.Of(
            jobs[first[0]].Arrangement.Name,
            LastLayer,
            Depth,
            depths,
            [.. Enumerable.Range(0, depths.Length).Select(d => Interval.OfGeometricMean(norms.Select(n => n[d]).ToArray()))]));
        double[] x = [.. depths.Select(ReproducibleMath.Log)];
        return Interval.OfMean(norms.Select(n => LineFit.Through(x, [.. n.Select(ReproducibleMath.Log)]).Slope).ToArray());
    }
}
