namespace Fukami.Lab;

/// <summary>What the jobs of a run of <see cref="Identity"/> found; a job that was not run has found nothing.</summary>
internal sealed class IdentityResult(IReadOnlyList<IdentityJob> jobs, IdentityFinding?[] found, int extra)
{
    private static readonly Quantity Blocks = new("blocks", new("blocks", "ブロック数"), "", Logarithmic: true);
    private static readonly Quantity Block = new("block", new("block that is dropped", "外したブロック"), "", Logarithmic: false);
    private static readonly Quantity Error = new("error", new("mean square error after training (1: always answering 0)", "学習後の 2 乗平均誤差（常に 0 と答えれば 1）"), "", Logarithmic: true);
    private static readonly Quantity Start = new("error_at_start", new("mean square error before training", "学習前の 2 乗平均誤差"), "", Logarithmic: true);
    private static readonly Quantity Dropped = new("error_without_block", new("error of a trained net without one block", "学習済みのネットからブロックを 1 つ外したときの誤差"), "", Logarithmic: true);

    private readonly List<Series> series = [];
    private readonly List<ClaimResult> claims = [];
    private readonly List<IReadOnlyList<TableCell>> rows = [];

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        var starts = new List<Series>();
        foreach (IGrouping<string, int> group in Of(surgery: false))
        {
            AddCopying(group, starts);
        }

        series.AddRange(starts);
        foreach (IGrouping<string, int> group in Of(surgery: true))
        {
            AddSurgery(jobs[group.First()], [.. group.Select(i => found[i]!)]);
        }

        var order = IdentityClaims.All.ToList();
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = [.. claims.OrderBy(c => order.IndexOf(c.Claim))],
            Omitted = [.. order.Where(c => !claims.Exists(r => r.Claim == c)).Select(IdentityClaims.Omit)],
            Series = series,
            Tables =
            [
                new Table(
                    "surgery",
                    new($"Error of a trained net: as it is, with {extra} more blocks, with one block less (mean)", $"学習済みのネットの誤差: そのまま、{extra} ブロック追加、1 ブロック減（平均）"),
                    [new("residual", new("net", "配置")), new("trained", new("trained", "学習後")), new("added", new("added", "追加")), new("dropped", new("dropped", "減"))],
                    rows),
            ],
        };
    }

    private IEnumerable<IGrouping<string, int>> Of(bool surgery) => Enumerable.Range(0, jobs.Count)
        .Where(i => jobs[i].Surgery == surgery && found[i] is not null)
        .GroupBy(i => jobs[i].Name, StringComparer.Ordinal);

    private void AddCopying(IGrouping<string, int> group, List<Series> starts)
    {
        IdentityFinding[][] depths = [.. group.GroupBy(i => jobs[i].Blocks).OrderBy(g => g.Key).Select(g => g.Select(i => found[i]!).ToArray())];
        int[] blocks = [.. group.Select(i => jobs[i].Blocks).Distinct().Order()];
        double[] x = [.. blocks.Select(b => (double)b)];
        Interval[] trained = [.. depths.Select(d => Geometric(d, f => f.Trained))];
        IdentityJob deepest = jobs[group.MaxBy(i => jobs[i].Blocks)];
        series.Add(Series.Of(group.Key, Error, Blocks, x, trained));
        starts.Add(Series.Of(group.Key, Start, Blocks, x, [.. depths.Select(d => Geometric(d, f => f.Start))]));
        starts.Add(Series.Predicted(group.Key, Start, Blocks, x, [.. blocks.Select(b => StartError(deepest.Residual, b))]));

        // seed by seed, so that an interrupted run compares the same seeds
        int pairs = Math.Min(depths[0].Length, depths[^1].Length);
        Interval? worse = depths.Length > 1
            ? Interval.OfMean(Enumerable.Range(0, pairs).Select(i => Explained(depths[0][i]) - Explained(depths[^1][i])).ToArray())
            : null;
        claims.AddRange(IdentityClaims.TestCopying(deepest, trained[^1], Mean(depths[^1], Explained), worse, trained.MaxBy(i => i.Estimate)));
    }

    private void AddSurgery(IdentityJob job, IdentityFinding[] nets)
    {
        double[] x = [.. Enumerable.Range(1, job.Blocks).Select(i => (double)i)];
        series.Add(Series.Of(job.Name, Dropped, Block, x, [.. Enumerable.Range(0, job.Blocks).Select(b => Geometric(nets, f => f.Surgery!.Dropped[b]))]));
        if (nets.All(f => f.Trained <= 0.9 * f.Surgery!.Zero))
        {
            claims.AddRange(IdentityClaims.TestSurgery(
                job,
                Mean(nets, f => Lost(f, f.Surgery!.Added)),
                Mean(nets, f => f.Surgery!.Dropped.Average(error => Lost(f, error)))));
        }

        rows.Add(
        [
            job.Name,
            Geometric(nets, f => f.Trained).Estimate,
            Geometric(nets, f => f.Surgery!.Added).Estimate,
            Geometric(nets, f => f.Surgery!.Dropped.Average()).Estimate,
        ]);
    }

    /// <summary>The error of a fresh net at copying, from the variances of its weights: He's start makes every branch twice as large as what it reads. (docs/experiments/identity.md)</summary>
    private static double StartError(string residual, int blocks)
    {
        double power2 = 1, power3 = 1;
        for (int i = 0; i < blocks; i++)
        {
            power2 *= 2;
            power3 *= 3;
        }

        return residual switch
        {
            "none" => 1 + power2,
            "none-pre" => 3,
            "none-norm" => 2,
            "plain" => power3 - 1,
            "pre" => 2 * blocks,
            "post" => 2 - (2 / Math.Sqrt(power3)),
            _ => 0,
        };
    }

    // an error that is no number explains nothing
    private static double Explained(IdentityFinding f) => f.Trained < 1 ? 1 - f.Trained : 0;

    private static double Lost(IdentityFinding f, double error)
    {
        double zero = f.Surgery!.Zero;
        return error < zero ? (error - f.Trained) / (zero - f.Trained) : 1;
    }

    private static Interval Geometric(IdentityFinding[] nets, Func<IdentityFinding, double> figure) => Interval.OfGeometricMean(nets.Select(figure).ToArray());

    private static Interval Mean(IdentityFinding[] nets, Func<IdentityFinding, double> figure) => Interval.OfMean(nets.Select(figure).ToArray());
}
