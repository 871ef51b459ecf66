using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What the nets of a run of <see cref="Ablation"/> learned; a net that was not trained has found nothing.</summary>
internal sealed class AblationResult(IReadOnlyList<AblationJob> jobs, LearningFinding?[] found, IReadOnlyList<int> depths, Func<LearningJob, double> lastTokenShare)
{
    private static readonly Quantity Depth = new("depth", new("depth (layers)", "深さ（層の数）"), "", Logarithmic: true);
    private static readonly Quantity Lost = new("lost_share", new("lost without the part, of the learned share", "部品を外して失われた、学習できた割合"), "", Logarithmic: false);
    private static readonly Quantity Share = new("learned_share", new("learned share (0: token frequencies, 1: all there is to learn)", "学習できた割合（0: トークンの頻度だけ、1: 学べることのすべて）"), "", Logarithmic: false);
    private static readonly Quantity Loss = new("held_out_loss", new("held-out loss", "検証データの損失"), "nat", Logarithmic: true);

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        Part[] parts = [.. jobs.Select(j => j.Part).Distinct()];
        PartLosses[] losses = [.. depths.Select(LossesAt)];
        List<ClaimResult> claims = [.. losses.SelectMany(AblationClaims.Test), .. AblationClaims.TestDepths(losses[^1], losses[0])];
        var series = new List<Series>();
        foreach (Part part in parts.Where(p => p != Part.Whole))
        {
            (int Depth, Interval Lost)[] measured = [.. losses.Where(l => l.Of(part.Id) is not null).Select(l => (l.Depth, l.Of(part.Id)!.Value))];
            if (measured.Length > 0)
            {
                series.Add(Series.Of(part.Id, Lost, Depth, [.. measured.Select(m => (double)m.Depth)], [.. measured.Select(m => m.Lost)]));
            }
        }

        series.AddRange(parts.Select(p => Over(p, Share, f => f.Share, Interval.OfMean)).OfType<Series>());
        series.AddRange(parts.Select(p => Over(p, Loss, f => f.Loss, Interval.OfGeometricMean)).OfType<Series>());
        var order = AblationClaims.All.ToList();
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = [.. claims.OrderBy(c => order.IndexOf(c.Claim))],
            Omitted = [.. order.Where(c => !claims.Exists(r => r.Claim == c)).Select(AblationClaims.Omit)],
            Series = series,
            Tables = [Ranking(parts, losses)],
        };
    }

    private Table Ranking(Part[] parts, PartLosses[] losses)
    {
        var rows = new List<IReadOnlyList<TableCell>>();
        foreach (PartLosses at in losses)
        {
            Transformer whole = Transformer.Blank(jobs.First(j => j.Depth == at.Depth && j.Part == Part.Whole).Learning.Net);
            int rank = 0;
            foreach ((Part part, Interval lost) in parts.Where(p => at.Of(p.Id) is not null).Select(p => (p, at.Of(p.Id)!.Value)).OrderByDescending(p => p.Value.Estimate))
            {
                rows.Add([at.Depth, ++rank, part.Id, lost.Estimate, lost.Low, lost.High, (double)part.WeightsIn(whole) / whole.ParameterCount]);
            }
        }

        return new Table(
            "ranking",
            new("The ranking: what is lost without each part, with its 95 % interval, and the part's share of all weights", "順位: 各部品を外して失われる割合とその 95 % 区間、重み全体に占める部品の割合"),
            [
                new("depth", new("depth", "深さ")),
                new("rank", new("rank", "順位")),
                new("part", new("part", "部品")),
                new("lost", new("lost", "失われた分")),
                new("low", new("low", "下端")),
                new("high", new("high", "上端")),
                new("weights", new("weights", "重みの割合")),
            ],
            rows);
    }

    private PartLosses LossesAt(int depth)
    {
        var losses = new List<(string, long, double)>();
        var over = new List<double>();
        foreach (int i in Of(depth))
        {
            AblationJob job = jobs[i];
            long seed = job.Learning.Seed;
            LearningFinding? whole = Of(depth).Where(j => jobs[j].Part == Part.Whole && jobs[j].Learning.Seed == seed).Select(j => found[j]).FirstOrDefault();
            if (job.Part != Part.Whole && whole is not null)
            {
                losses.Add((job.Part.Id, seed, whole.Share - found[i]!.Share));
            }

            if (job.Part.Id is "attention")
            {
                over.Add(found[i]!.Share - lastTokenShare(job.Learning));
            }
        }

        return new PartLosses(depth, losses, over);
    }

    private IEnumerable<int> Of(int depth) => Enumerable.Range(0, jobs.Count).Where(i => jobs[i].Depth == depth && found[i] is not null);

    private Series? Over(Part part, Quantity quantity, Func<LearningFinding, double> figure, Func<ReadOnlySpan<double>, Interval> average)
    {
        int[] measured = [.. depths.Where(d => Of(d).Any(i => jobs[i].Part == part))];
        return measured.Length == 0
            ? null
            : Series.Of(
                part.Id,
                quantity,
                Depth,
                [.. measured.Select(d => (double)d)],
                [.. measured.Select(d => average([.. Of(d).Where(i => jobs[i].Part == part).Select(i => figure(found[i]!))]))]);
    }
}
