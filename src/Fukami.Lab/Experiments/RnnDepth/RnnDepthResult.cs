namespace Fukami.Lab;

/// <summary>What the trials of a run of <see cref="RnnDepth"/> found, as a report.</summary>
internal static class RnnDepthResult
{
    private static readonly Quantity ByLayer = new("gradient_by_layer", new("gradient norm by layer, relative to the last layer (0: the embeddings)", "層ごとの勾配ノルム（最後の層を 1 とする。0 は埋め込み）"), "", Logarithmic: true);
    private static readonly Quantity ByDistance = new("embedding_gradient_by_distance", new("gradient norm at the embedding k steps before, relative to the last step", "k ステップ前の埋め込みでの勾配ノルム（最終ステップを 1 とする）"), "", Logarithmic: true);
    private static readonly Quantity State = new("state_gradient_by_distance", new("gradient norm at the last layer's state k steps before, relative to the last step", "k ステップ前の最上層の状態での勾配ノルム（最終ステップを 1 とする）"), "", Logarithmic: true);
    private static readonly Quantity Factor = new("factor_per_step", new("factor per time step of one Elman layer", "Elman 層 1 層での 1 ステップあたりの倍率"), "", Logarithmic: true);
    private static readonly Quantity Layer = new("layer", new("layer", "層"), "", Logarithmic: false);
    private static readonly Quantity Distance = new("distance", new("steps back", "さかのぼるステップ数"), "", Logarithmic: false);
    private static readonly Quantity Gain = new("recurrent_gain", new("recurrent gain", "再帰ゲイン"), "", Logarithmic: true);

    private static IReadOnlyList<TableColumn> Columns { get; } =
    [
        new("net", new("net", "ネット")),
        new("first_over_last", new("first/last", "最初/最後")),
        new("factor_per_layer", new("a layer", "1 層")),
        new("factor_per_layer_predicted", new("predicted", "予測")),
        new("factor_per_step", new("a step", "1 ステップ")),
        new("factor_per_step_predicted", new("predicted", "予測")),
        new("bypass", new("past a step", "迂回分")),
    ];

    /// <summary>The report of a run.</summary>
    public static Report Report(Experiment experiment, SettingValues settings, IReadOnlyList<RnnDepthJob> jobs, RnnDepthFinding?[] found)
    {
        List<Series> layers = [], distances = [], states = [], factors = [];
        List<ClaimResult> claims = [];
        List<IReadOnlyList<TableCell>> rows = [];
        foreach (IGrouping<RnnDepthNet, int> group in Enumerable.Range(0, jobs.Count).Where(i => !jobs[i].IsOfSweep).GroupBy(i => jobs[i].Net))
        {
            RnnDepthNet net = group.Key;
            RnnDepthFinding[] seeds = [.. group.Select(i => found[i]).OfType<RnnDepthFinding>()];
            if (seeds.Length == 0)
            {
                continue;
            }

            RecurrentPrediction? prediction = net.Recurrent is null ? null : new RecurrentPrediction(net.Recurrent);
            Add(layers, ByLayer, Layer, f => f.ByLayer, prediction?.ByLayer(), ^1);
            Add(distances, ByDistance, Distance, f => f.EmbeddingByDistance, prediction?.EmbeddingByDistance(), 0);
            if (prediction is not null)
            {
                Add(states, State, Distance, f => f.StateByDistance!, prediction.HiddenByDistance(), 0);
            }

            claims.AddRange(RnnDepthClaims.Test(net, prediction, Average));
            rows.Add(
            [
                net.Name,
                Average(f => f.ByLayer[0] / f.ByLayer[^1]).Estimate,
                Average(f => f.FactorPerLayer).Estimate,
                prediction is null ? "" : RnnDepthFinding.LayerFactor(prediction.ByLayer()),
                Average(f => f.FactorPerStep).Estimate,
                prediction is null ? "" : RnnDepthFinding.Factor(prediction.HiddenByDistance(), 0),
                Average(f => f.Bypass).Estimate,
            ]);

            Interval Average(Func<RnnDepthFinding, double> figure) => Interval.OfGeometricMean(seeds.Select(figure).ToArray());

            void Add(List<Series> to, Quantity quantity, Quantity xQuantity, Func<RnnDepthFinding, double[]> figures, double[]? predicted, Index one)
            {
                double[] x = [.. Enumerable.Range(0, figures(seeds[0]).Length).Select(i => (double)i)];
                to.Add(Series.Of(net.Name, quantity, xQuantity, x, [.. x.Select(i => Average(f => figures(f)[(int)i] / figures(f)[one]))]));
                if (predicted is not null)
                {
                    to.Add(Series.Predicted(net.Name, quantity, xQuantity, x, [.. predicted.Select(p => p / predicted[one])]));
                }
            }
        }

        AddSweep(jobs, found, claims, factors);
        var order = RnnDepthClaims.All.ToList();
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = [.. claims.OrderBy(c => order.IndexOf(c.Claim))],
            Omitted = [.. order.Where(c => !claims.Exists(r => r.Claim == c)).Select(RnnDepthClaims.Omit)],
            Series = [.. layers, .. distances, .. states, .. factors],
            Tables = [new Table("nets", new("By net: first/last gradient, factor a layer and a time step with their predictions, what goes past a step held constant", "ネットごと: 最初と最後の勾配の比、1 層と 1 ステップの倍率とその予測、固定したステップを迂回する分"), Columns, rows)],
        };
    }

    // the factor per step over the recurrent gain
    private static void AddSweep(IReadOnlyList<RnnDepthJob> jobs, RnnDepthFinding?[] found, List<ClaimResult> claims, List<Series> series)
    {
        List<double> gains = [], predictions = [];
        List<Interval> measured = [];
        foreach (IGrouping<RnnDepthNet, int> group in Enumerable.Range(0, jobs.Count).Where(i => jobs[i].IsOfSweep).GroupBy(i => jobs[i].Net))
        {
            double[] factors = [.. group.Select(i => found[i]).OfType<RnnDepthFinding>().Select(f => f.FactorPerStep)];
            if (factors.Length == 0)
            {
                continue;
            }

            RecurrentSettings net = group.Key.Recurrent!;
            double predicted = RnnDepthFinding.Factor(new RecurrentPrediction(net).HiddenByDistance(), 0);
            gains.Add(net.RecurrentGain);
            predictions.Add(predicted);
            measured.Add(Interval.OfGeometricMean(factors));
            if (net.RecurrentGain is 1)
            {
                claims.Add(RnnDepthClaims.TestGain(net, predicted, measured[^1]));
            }
        }

        if (gains.Count > 0)
        {
            series.Add(Series.Of("elman", Factor, Gain, gains, measured));
            series.Add(Series.Predicted("elman", Factor, Gain, gains, predictions));
        }
    }
}
