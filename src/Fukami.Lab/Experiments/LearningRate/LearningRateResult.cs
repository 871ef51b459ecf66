namespace Fukami.Lab;

/// <summary>What the searches of a run of <see cref="LearningRate"/> found; one that was not run has found nothing.</summary>
/// <param name="jobs">The searches.</param>
/// <param name="limits">Of each.</param>
/// <param name="grid">The rates that were tried.</param>
/// <param name="warmUp">Steps of warm-up.</param>
internal sealed class LearningRateResult(IReadOnlyList<LearningRateJob> jobs, IReadOnlyList<RateLimit?> limits, RateGrid grid, int warmUp)
{
    private static readonly Quantity WarmUp = new("warm_up", new("steps of warm-up", "ウォームアップのステップ数"), "", Logarithmic: false);
    private static readonly Quantity Rate = new("rate", new("learning rate", "学習率"), "", Logarithmic: true);
    private static readonly Quantity Largest = new("largest_rate", new("largest learning rate that learns", "学習できる最大の学習率"), "", Logarithmic: true);
    private static readonly Quantity Still = new("share_of_nets", new("share of the nets (seeds) that learn at this rate or above", "この学習率以上で学習できるネット（シード）の割合"), "", Logarithmic: false);

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        List<Series> largest = [], still = [];
        var all = new List<RateLimits>();
        var rows = new List<IReadOnlyList<TableCell>>();
        foreach (Arrangement arrangement in jobs.Select(j => j.Arrangement).Distinct())
        {
            RateLimits found = Of(arrangement);
            if (found.Without.Count == 0)
            {
                continue;
            }

            all.Add(found);
            Interval[] both = [Interval.OfGeometricMean([.. found.Without]), Interval.OfGeometricMean([.. found.With])];
            largest.Add(Series.Of(arrangement.Name, Largest, WarmUp, [0, warmUp], both));
            still.Add(StillLearning(arrangement.Name, found.Without));
            still.Add(StillLearning($"{arrangement.Name}, warm-up", found.With));
            rows.Add([arrangement.Name, both[0].Estimate, both[1].Estimate, both[1].Estimate / both[0].Estimate, Untrained(found.Without), Untrained(found.With)]);
        }

        ClaimResult[] claims = [.. LearningRateClaims.Test(all, grid)];
        var order = LearningRateClaims.All.ToList();
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = [.. claims.OrderBy(c => order.IndexOf(c.Claim))],
            Omitted = [.. order.Where(c => !Array.Exists(claims, r => r.Claim == c)).Select(c => new OmittedClaim(c, LearningRateClaims.Omit(c)))],
            Series = [.. largest, .. still],
            Tables =
            [
                new Table("limits", new(
                    "Largest learning rate that learns, without and with warm-up (geometric mean; a net that learns at none counts as one step below the grid), their ratio, and how many nets learn at none",
                    "学習できる最大の学習率（ウォームアップなし・あり。幾何平均で、どの学習率でも学習できないネットは試した範囲の一段下とする）、その比、どれでも学習できないネットの数"), Columns, rows),
            ],
        };
    }

    private static IReadOnlyList<TableColumn> Columns { get; } =
    [
        new("arrangement", new("net", "配置")),
        new("without_warm_up", new("without", "なし")),
        new("with_warm_up", new("with", "あり")),
        new("ratio", new("ratio", "比")),
        new("untrained_without", new("none: without", "不可: なし")),
        new("untrained_with", new("none: with", "不可: あり")),
    ];

    private Series StillLearning(string name, IReadOnlyList<double> found)
    {
        // a count of seeds, no estimate: it has no interval of its own
        Interval[] shares = [.. grid.Rates.Select(rate => Interval.Exactly(found.Count(l => l >= rate) / (double)found.Count))];
        return Series.Of(name, Still, Rate, grid.Rates, shares);
    }

    private int Untrained(IReadOnlyList<double> found) => found.Count(rate => rate < grid.Rates[0]);

    // of each seed whose searches with and without warm-up were both run
    private RateLimits Of(Arrangement arrangement)
    {
        int[][] seeds =
        [
            .. Enumerable.Range(0, jobs.Count)
                .Where(i => jobs[i].Arrangement == arrangement)
                .GroupBy(i => jobs[i].Seed)
                .Where(seed => seed.All(i => limits[i] is not null))
                .Select(seed => seed.OrderBy(i => jobs[i].WarmsUp).ToArray()),
        ];
        return new RateLimits(arrangement, [.. seeds.Select(s => limits[s[0]]!.Rate)], [.. seeds.Select(s => limits[s[1]]!.Rate)]);
    }
}
