using System.Globalization;

namespace Fukami.Lab;

/// <summary>What the trials of a run of <see cref="SequenceLength"/> found; a trial that was not run has found nothing.</summary>
internal sealed class SequenceLengthResult(IReadOnlyList<SequenceJob> jobs, SequenceFinding?[] found)
{
    private const string BatchNorm = "batch";

    // what terms of higher order and the draw of the sentences leave open
    private const double Tolerance = 0.2;

    private static readonly Quantity Total = new("padded_length", new("positions, padding included", "パディングを含む位置の数"), "", Logarithmic: true);
    private static readonly Quantity Count = new("neighbours", new("sentences beside it", "並べた文の数"), "", Logarithmic: true);
    private static readonly Quantity Tokens = new("length", new("tokens of the sentence", "文のトークン数"), "", Logarithmic: true);
    private static readonly Quantity ByPadding = new("change_by_padding", new("change of the logits by padding", "パディングによるロジットの変化"), "", Logarithmic: false);
    private static readonly Quantity ByPaddingFirst = new("first_norm_change_by_padding", new("change behind the first normalization by padding", "パディングによる、最初の正規化の出力の変化"), "", Logarithmic: false);
    private static readonly Quantity ByNeighbours = new("change_by_neighbours", new("change of the logits by neighbours", "隣の文によるロジットの変化"), "", Logarithmic: false);
    private static readonly Quantity ByNeighboursFirst = new("first_norm_change_by_neighbours", new("change behind the first normalization by neighbours", "隣の文による、最初の正規化の出力の変化"), "", Logarithmic: false);
    private static readonly Quantity ByFuture = new("change_by_last_token", new("change of the first position's logits by the last token", "最後のトークンによる、最初の位置のロジットの変化"), "", Logarithmic: false);
    private static readonly Quantity ByFutureFirst = new("first_norm_change_by_last_token", new("change of the other positions behind the first normalization by the last token", "最後のトークンによる、最初の正規化を通ったほかの位置の変化"), "", Logarithmic: true);
    private static readonly Quantity FutureGradient = new("first_norm_gradient_to_last_token", new("gradient from the first position behind the first normalization to the last token", "最初の正規化を通った最初の位置から最後のトークンへの勾配"), "", Logarithmic: true);

    /// <summary>The normalizations.</summary>
    public required IReadOnlyList<string> Norms { get; init; }

    /// <summary>Tokens of the sentence, T.</summary>
    public required int Length { get; init; }

    /// <summary>Positions that it was padded to.</summary>
    public required IReadOnlyList<int> Padded { get; init; }

    /// <summary>Numbers of neighbours, each of 2T tokens.</summary>
    public required IReadOnlyList<int> Neighbours { get; init; }

    /// <summary>Lengths at which the last token was changed.</summary>
    public required IReadOnlyList<int> Lengths { get; init; }

    /// <summary>Whether the net is a decoder.</summary>
    public required bool IsCausal { get; init; }

    /// <summary>Whether the first normalization reads independent tokens, as the predictions assume.</summary>
    public required bool FirstReadsEmbedding { get; init; }

    private bool IsPredicted => FirstReadsEmbedding && Of(BatchNorm).Length > 0;

    /// <summary>The report of the run.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        var order = SequenceLengthClaims.All.ToList();
        ClaimResult[] claims = [.. ExactClaims().Concat(SizeClaims()).OrderBy(c => order.IndexOf(c.Claim))];
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = claims,
            Omitted = [.. order.Where(c => !Array.Exists(claims, r => r.Claim == c)).Select(Omit)],
            Series = [.. LogitSeries(), .. FirstNormSeries()],
        };
    }

    private IEnumerable<ClaimResult> ExactClaims()
    {
        foreach (string norm in Norms.Where(n => Of(n).Length > 0))
        {
            bool mixes = NormalizedNets.UsesTheBatch(norm);
            LocalizedText own = new("Every row is computed from itself and, through attention, from those that it may see.", "どの行も、自分自身と、アテンションで見てよい位置だけから計算されます。");
            yield return Exact(SequenceLengthClaims.NeighbourFree, norm, norm, f => Math.Max(Largest(f.Padded), Largest(f.Beside)), mixes
                ? new("The neighbours' tokens are in the mean and the variance.", "隣の文のトークンが平均と分散に入り込みます。")
                : own);
            yield return Exact(SequenceLengthClaims.InferenceFree, norm, norm, f => f.Inference, mixes
                ? new("At inference the statistics are constants, and batch normalization is a fixed scale and shift of each feature.", "推論時の統計は定数で、バッチ正規化は特徴ごとの固定の倍率とシフトになります。")
                : own);
            if (mixes)
            {
                yield return Exact(SequenceLengthClaims.PaddingRespected, norm, norm, f => Largest(f.Padded), new(
                    "The masked rows are left out of sum and count alike.", "マスクされた行は、和からも個数からも除かれます。"));
            }

            if (IsCausal)
            {
                LocalizedText leaks = new("One mean and one variance for all positions: the mask of the attention does not reach them.", "平均と分散はすべての位置に共通です。アテンションのマスクはそこには及びません。");
                yield return Exact(SequenceLengthClaims.FutureLeak, norm, norm, f => Largest(f.Leak!), mixes ? leaks : own);
                yield return Exact(SequenceLengthClaims.FutureLeakGradient, norm, norm, f => Largest(f.Gradient!), mixes ? leaks : own);
                if (mixes)
                {
                    LocalizedText constants = new("The running statistics were fixed before the sentence came.", "移動平均は、文が来る前に決まっています。");
                    yield return Exact(SequenceLengthClaims.FutureLeak, norm, $"{norm}, inference", f => f.LeakInference, constants);
                }
            }
        }
    }

    // a claim about every net and sentence: a single one that moves refutes it, so the largest change is the figure, and no interval
    private ClaimResult Exact(Claim claim, string norm, string subject, Func<SequenceFinding, double> figure, LocalizedText why) =>
        claim.Test(subject, "0", new Bound(0, 0), Interval.Exactly(Of(norm).Max(figure)), why);

    private static double Largest(SequenceChange[] changes) => changes.Max(c => c.Logits);

    private IEnumerable<ClaimResult> SizeClaims()
    {
        if (!IsPredicted)
        {
            yield break;
        }

        int total = Padded[^1];
        double least = SequencePredictions.LeastIgnored(Length, total), most = SequencePredictions.MostIgnored(Length, total);
        yield return SequenceLengthClaims.PaddingIgnored.Test(BatchNorm, $"{Short(least)} … {Short(most)}", new Bound(least, most), Average(f => f.Ignored![^1].FirstNorm), new(
            $"{total - Length} equal rows have no variance of their own: the more of them are counted, the smaller the deviation and the larger the sentence comes out.",
            $"同じ値の {total - Length} 行には自分の分散がありません。数える行が増えるほど標準偏差は小さくなり、文の出力は大きくなります。"));
        int counted = Counted(Neighbours[^1]);
        yield return Around(SequenceLengthClaims.NeighboursMove, SequencePredictions.Beside(Length, counted), Average(f => f.Beside[^1].FirstNorm), new(
            $"{Length} tokens alone judge mean and deviation by themselves; among {counted} they are judged by all.",
            $"単独の {Length} トークンは自分たちだけで平均と標準偏差を決めますが、{counted} トークンの中では全体で決まります。"));
        if (IsCausal)
        {
            int n = Lengths[^1];
            yield return Around(SequenceLengthClaims.FutureLeakSize, SequencePredictions.Leak(n), Average(f => f.Leak![^1].FirstNorm), new(
                "The last token has a share of 1/n in the mean and in the variance.", "最後のトークンは、平均と分散に 1/n の割合で寄与します。"));
        }
    }

    private static ClaimResult Around(Claim claim, double prediction, Interval measured, LocalizedText why) =>
        claim.Test(BatchNorm, $"{Short(prediction)} ± 20 %", Bound.Around(prediction, Tolerance * prediction), measured, why);

    private OmittedClaim Omit(Claim claim) => new(claim, Of(BatchNorm).Length == 0
        ? new("It is about batch normalization: norm=batch tests it.", "バッチ正規化についての主張です。norm=batch で検証できます。")
        : claim == SequenceLengthClaims.FutureLeak || claim == SequenceLengthClaims.FutureLeakGradient || (claim == SequenceLengthClaims.FutureLeakSize && !IsCausal)
            ? new("In an encoder every position may see all others: kind=decoder tests it.", "encoder ではすべての位置が互いに見えます。kind=decoder で検証できます。")
            : new("Its prediction is for a first normalization that reads the embeddings: residual=pre, sandwich, scaled-pre or parallel tests it.", "最初の正規化が埋め込みを直接読む場合の予測です。residual=pre、sandwich、scaled-pre、parallel で検証できます。"));

    private IEnumerable<Series> LogitSeries()
    {
        string[] norms = [.. Norms.Where(n => Of(n).Length > 0)];
        return
        [
            .. norms.Select(norm => Measured(norm, norm, ByNeighbours, Count, Neighbours, (f, i) => f.Beside[i].Logits)),
            .. norms.Select(norm => Measured(norm, norm, ByPadding, Total, Padded, (f, i) => f.Padded[i].Logits)),
            .. norms.Where(norm => Of(norm)[0].Ignored is not null).Select(norm => Measured(norm, $"{norm}, padding counted", ByPadding, Total, Padded, (f, i) => f.Ignored![i].Logits)),
            .. IsCausal ? norms.Select(norm => Measured(norm, norm, ByFuture, Tokens, Lengths, (f, i) => f.Leak![i].Logits)) : [],
        ];
    }

    private IEnumerable<Series> FirstNormSeries()
    {
        if (!IsPredicted)
        {
            return [];
        }

        string counted = $"{BatchNorm}, padding counted";
        return
        [
            Measured(BatchNorm, BatchNorm, ByNeighboursFirst, Count, Neighbours, (f, i) => f.Beside[i].FirstNorm),
            Predicted(BatchNorm, ByNeighboursFirst, Count, Neighbours, k => SequencePredictions.Beside(Length, Counted(k))),
            Measured(BatchNorm, counted, ByPaddingFirst, Total, Padded, (f, i) => f.Ignored![i].FirstNorm),
            Predicted(counted, ByPaddingFirst, Total, Padded, n => SequencePredictions.Ignored(Length, n)),
            .. IsCausal
                ?
                [
                    Measured(BatchNorm, BatchNorm, ByFutureFirst, Tokens, Lengths, (f, i) => f.Leak![i].FirstNorm),
                    Predicted(BatchNorm, ByFutureFirst, Tokens, Lengths, SequencePredictions.Leak),
                    Measured(BatchNorm, BatchNorm, FutureGradient, Tokens, Lengths, (f, i) => f.Gradient![i].FirstNorm),
                    Predicted(BatchNorm, FutureGradient, Tokens, Lengths, SequencePredictions.LeakGradient),
                ]
                : (Series[])[],
        ];
    }

    private Series Measured(string norm, string name, Quantity quantity, Quantity xQuantity, IReadOnlyList<int> x, Func<SequenceFinding, int, double> figure) =>
        Series.Of(name, quantity, xQuantity, [.. x.Select(n => (double)n)], [.. Enumerable.Range(0, x.Count).Select(i => Interval.OfMean(Of(norm).Select(f => figure(f, i)).ToArray()))]);

    private static Series Predicted(string name, Quantity quantity, Quantity xQuantity, IReadOnlyList<int> x, Func<int, double> predict) =>
        Series.Predicted(name, quantity, xQuantity, [.. x.Select(n => (double)n)], [.. x.Select(predict)]);

    private Interval Average(Func<SequenceFinding, double> figure) => Interval.OfMean(Of(BatchNorm).Select(figure).ToArray());

    private SequenceFinding[] Of(string norm) => [.. Enumerable.Range(0, jobs.Count).Where(i => jobs[i].Norm == norm).Select(i => found[i]).OfType<SequenceFinding>()];

    private int Counted(int neighbours) => Length + (neighbours * 2 * Length);

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
