namespace Fukami.Lab;

/// <summary>What the nets of a run of <see cref="Synergy"/> learned; a net that was not trained has found nothing.</summary>
internal sealed class SynergyResult(IReadOnlyList<SynergyJob> jobs, LearningFinding?[] found, IReadOnlyList<int> depths)
{
    private static readonly Quantity Depth = new("depth", new("depth (layers)", "深さ（層の数）"), "", Logarithmic: true);
    private static readonly Quantity Share = new("learned_share", new("learned share (0: token frequencies, 1: all there is to learn)", "学習できた割合（0: トークンの頻度だけ、1: 学べることのすべて）"), "", Logarithmic: false);
    private static readonly Quantity Interaction = new("interaction", new("interaction skip × norm of the learned share", "学習できた割合に対するスキップ × 正規化の交互作用"), "", Logarithmic: false);
    private static readonly Quantity Loss = new("held_out_loss", new("held-out loss", "検証データの損失"), "nat", Logarithmic: true);

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        Arrangement[] arrangements = [.. jobs.Select(j => j.Arrangement).Distinct()];
        Arrangement[] wholes = [.. arrangements.Where(HasBoth)];
        List<Series> series = [.. arrangements.Select(a => Over(a, Share, f => f.Share, Interval.OfMean)).OfType<Series>()];
        var claims = new List<ClaimResult>();
        var interactions = new Dictionary<(Arrangement, int), Interval>();
        claims.AddRange(SynergyClaims.TestParts(Best(depths[^1]), Best(depths[0]), depths));
        foreach (Arrangement whole in wholes)
        {
            IReadOnlyList<FactorialCells>[] cells = [.. depths.Select(d => Cells(whole, d))];
            claims.AddRange(SynergyClaims.TestWhole(whole.Name, cells, depths));
            int[] complete = [.. Enumerable.Range(0, depths.Count).Where(i => cells[i].Count > 0)];
            Interval[] measured = [.. complete.Select(i => Interval.OfMean([.. cells[i].Select(c => c.Interaction)]))];
            for (int i = 0; i < complete.Length; i++)
            {
                interactions[(whole, depths[complete[i]])] = measured[i];
            }

            if (complete.Length > 0)
            {
                series.Add(Series.Of(whole.Name, Interaction, Depth, [.. complete.Select(i => (double)depths[i])], measured));
            }
        }

        series.AddRange(arrangements.Select(a => Over(a, Loss, f => f.Loss, Interval.OfGeometricMean)).OfType<Series>());
        var order = SynergyClaims.All.ToList();
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = [.. claims.OrderBy(c => order.IndexOf(c.Claim))],
            Omitted = [.. order.Where(c => !claims.Exists(r => r.Claim == c)).Select(SynergyClaims.Omit)],
            Series = series,
            Tables = [Map(arrangements, wholes, interactions)],
        };
    }

    // the arrangement with both parts that learned most at a depth
    private (string Name, IReadOnlyList<FactorialCells> Cells) Best(int depth) => jobs.Select(j => j.Arrangement).Distinct()
        .Where(HasBoth)
        .Select(a => (a.Name, Cells: Cells(a, depth)))
        .MaxBy(a => a.Cells.Count == 0 ? -1 : a.Cells.Average(c => c.Both));

    private static bool HasBoth(Arrangement arrangement) => arrangement.Residual is not ("none" or "none-norm" or "plain");

    private Table Map(Arrangement[] arrangements, Arrangement[] wholes, Dictionary<(Arrangement, int), Interval> interactions) => new(
        "map",
        new("What can be trained: learned share by depth, and how much the whole exceeds the sum of its parts (×)", "何が学習できるか: 深さごとの学習できた割合と、両方そろえた効果が和を超える分（×）"),
        [
            new("depth", new("depth", "深さ")),
            .. arrangements.Select(a => new TableColumn(a.Name, new(a.Name, a.Name))),
            .. wholes.Select(w => new TableColumn($"interaction_{w.Name}", new($"× {w.Name}", $"× {w.Name}"))),
        ],
        [.. depths.Select(depth => (IReadOnlyList<TableCell>)
        [
            depth,
            .. arrangements.Select(a => (TableCell)Mean(a, depth)),
            .. wholes.Select(w => (TableCell)(interactions.TryGetValue((w, depth), out Interval i) ? i.Estimate : double.NaN)),
        ])]);

    private double Mean(Arrangement arrangement, int depth)
    {
        double[] shares = [.. Of(arrangement, depth).Select(i => found[i]!.Share)];
        return shares.Length == 0 ? double.NaN : Interval.OfMean(shares).Estimate;
    }

    private IEnumerable<int> Of(Arrangement arrangement, int depth) =>
        Enumerable.Range(0, jobs.Count).Where(i => jobs[i].Arrangement == arrangement && jobs[i].Depth == depth && found[i] is not null);

    private Series? Over(Arrangement arrangement, Quantity quantity, Func<LearningFinding, double> figure, Func<ReadOnlySpan<double>, Interval> average)
    {
        int[] measured = [.. depths.Where(d => Of(arrangement, d).Any())];
        return measured.Length == 0
            ? null
            : Series.Of(
                arrangement.Name,
                quantity,
                Depth,
                [.. measured.Select(d => (double)d)],
                [.. measured.Select(d => average([.. Of(arrangement, d).Select(i => figure(found[i]!))]))]);
    }

    // the four nets of each seed that has them all
    private List<FactorialCells> Cells(Arrangement whole, int depth)
    {
        var cells = new List<FactorialCells>();
        foreach (int i in Of(whole, depth))
        {
            long seed = jobs[i].Learning.Seed;
            if (ShareOf("none") is { } neither && ShareOf("none-norm") is { } norm && ShareOf("plain") is { } skip)
            {
                cells.Add(new FactorialCells(seed, neither, norm, skip, found[i]!.Share));
            }

            double? ShareOf(string residual) =>
                Of(whole with { Residual = residual }, depth).Where(j => jobs[j].Learning.Seed == seed).Select(j => (double?)found[j]!.Share).FirstOrDefault();
        }

        return cells;
    }
}
