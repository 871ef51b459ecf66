namespace Fukami.Lab;

/// <summary>What the trials of a run of <see cref="DepthTraining"/> found; a trial that was not run has found nothing.</summary>
/// <param name="jobs">The nets.</param>
/// <param name="outcomes">Of each.</param>
/// <param name="cost">What a skip path costs.</param>
internal sealed class DepthTrainingResult(IReadOnlyList<DepthTrainingJob> jobs, IReadOnlyList<MarkovOutcome?> outcomes, SkipCost? cost)
{
    private static readonly Quantity Depth = new("depth", new("depth (layers)", "深さ（層の数）"), "", Logarithmic: true);
    private static readonly Quantity Step = new("step", new("training step", "学習ステップ"), "", Logarithmic: false);
    private static readonly Quantity HeldOut = new("held_out_loss", new("loss on held-out text (worse than blind guessing counts as ln V)", "評価用の文での損失（でたらめな予測より悪いものは ln V とする）"), "nats", Logarithmic: false);
    private static readonly Quantity Training = new("training_loss", new("training loss at the largest depth (worse than blind guessing counts as ln V)", "最も深いネットの学習時の損失（でたらめな予測より悪いものは ln V とする）"), "nats", Logarithmic: false);

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        List<Series> known = [], losses = [], curves = [];
        var claims = new List<ClaimResult>();
        var rows = new List<IReadOnlyList<TableCell>>();
        int[] all = [.. jobs.Select(j => j.Depth).Distinct().Order()];
        foreach (Arrangement arrangement in jobs.Select(j => j.Arrangement).Distinct())
        {
            MarkovOutcome[][] found = [.. all.Select(d => Of(j => j.Arrangement == arrangement && j.Depth == d))];
            int[] there = [.. Enumerable.Range(0, all.Length).Where(i => found[i].Length > 0)];
            if (there.Length == 0)
            {
                continue;
            }

            double[] depths = [.. there.Select(i => (double)all[i])];
            Interval[] knowledge = [.. there.Select(i => Mean(found[i], o => o.Knowledge))];
            known.Add(Series.Of(arrangement.Name, MarkovQuantities.Knowledge, Depth, depths, knowledge));
            losses.Add(Series.Of(arrangement.Name, HeldOut, Depth, depths, [.. there.Select(i => Mean(found[i], o => o.Yardstick.AtMostGuessing(o.HeldOut)))]));
            rows.AddRange(there.Select((i, at) => Row(arrangement, all[i], found[i], knowledge[at])));
            if (there.Length < all.Length)
            {
                continue;
            }

            curves.Add(Curve(arrangement, found[^1]));
            claims.AddRange(DepthTrainingClaims.Test(arrangement, all, knowledge));
        }

        if (outcomes.Any(o => o is not null))
        {
            MarkovOutcome[] any = Of(_ => true);
            double[] x = [.. all.Select(d => (double)d)];
            AddLevel("chain", o => o.Yardstick.Chain);
            AddLevel("frequencies", o => o.Yardstick.Frequencies);
            AddLevel("nothing", o => o.Yardstick.Nothing);

            void AddLevel(string name, Func<MarkovOutcome, double> loss)
            {
                double level = Mean(any, loss).Estimate;
                losses.Add(Series.Predicted(name, HeldOut, Depth, x, [.. x.Select(_ => level)]));
            }
        }

        if (cost is not null)
        {
            claims.AddRange(DepthTrainingClaims.Test(cost));
        }

        var order = DepthTrainingClaims.All.ToList();
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = [.. claims.OrderBy(c => order.IndexOf(c.Claim))],
            Omitted = [.. order.Where(c => !claims.Exists(r => r.Claim == c)).Select(c => new OmittedClaim(c, DepthTrainingClaims.Omit(c)))],
            Series = [.. known, .. losses, .. curves],
            Tables =
            [
                new Table("losses", new("By arrangement and depth: loss on held-out text, beside the losses of one who knows the chain and of one who knows the tokens' frequencies alone (nats)", "配置と深さごと: 評価用の文での損失と、連鎖を知る場合・頻度だけを知る場合の損失（ナット）"), LossColumns, rows),
                .. cost is null ? [] : new[] { CostTable(cost) },
            ],
        };
    }

    private static IReadOnlyList<TableColumn> LossColumns { get; } =
    [
        new("arrangement", new("net", "配置")),
        new("depth", new("layers", "層")),
        new("loss", new("loss", "損失")),
        new("chain", new("chain", "連鎖")),
        new("frequencies", new("frequencies", "頻度")),
        new("knowledge", new("knows", "習得度")),
    ];

    private static Table CostTable(SkipCost cost) => new(
        "cost",
        new("A training step with a skip path (plain) and without (none): time, memory, memory predicted", "スキップ経路あり（plain）・なし（none）の学習 1 ステップ: 時間、メモリ、メモリの予測"),
        [
            new("arrangement", new("net", "配置")),
            new("milliseconds", new("ms", "ms")),
            new("kilobytes", new("kB", "kB")),
            new("predicted_kilobytes", new("predicted kB", "予測 kB")),
        ],
        [
            ["plain", 1e3 * MedianInterval.Of(cost.SecondsWith).Estimate, cost.With.Bytes / 1e3, cost.With.Predicted / 1e3],
            ["none", 1e3 * MedianInterval.Of(cost.SecondsWithout).Estimate, cost.Without.Bytes / 1e3, cost.Without.Predicted / 1e3],
        ]);

    private static IReadOnlyList<TableCell> Row(Arrangement arrangement, int depth, MarkovOutcome[] found, Interval knowledge) =>
    [
        arrangement.Name,
        depth,
        Mean(found, o => o.HeldOut).Estimate,
        Mean(found, o => o.Yardstick.Chain).Estimate,
        Mean(found, o => o.Yardstick.Frequencies).Estimate,
        knowledge.Estimate,
    ];

    private static Series Curve(Arrangement arrangement, MarkovOutcome[] found)
    {
        int steps = found[0].Losses.Length;
        return Series.Of(
            arrangement.Name,
            Training,
            Step,
            [.. Enumerable.Range(1, steps).Select(i => (double)i)],
            [.. Enumerable.Range(0, steps).Select(i => Mean(found, o => o.Yardstick.AtMostGuessing(o.Losses[i])))]);
    }

    private static Interval Mean(MarkovOutcome[] found, Func<MarkovOutcome, double> figure) => Interval.OfMean(found.Select(figure).ToArray());

    private MarkovOutcome[] Of(Func<DepthTrainingJob, bool> which) =>
        [.. Enumerable.Range(0, jobs.Count).Where(i => which(jobs[i])).Select(i => outcomes[i]).OfType<MarkovOutcome>()];
}
