using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What a run of <see cref="MemoryAndSpeed"/> found.</summary>
/// <param name="net">The net.</param>
/// <param name="batches">Batches that were compared.</param>
/// <param name="lengths">Lengths that were compared.</param>
/// <param name="memory">What was held.</param>
/// <param name="speeds">The rounds of timing.</param>
internal sealed class MemoryAndSpeedResult(TransformerSettings net, IReadOnlyList<int> batches, IReadOnlyList<int> lengths, MemoryFinding memory, IReadOnlyList<SpeedFinding> speeds)
{
    private static readonly Quantity Batch = new("batch", new("batch (sentences)", "バッチ（文の数）"), "", Logarithmic: true);
    private static readonly Quantity Length = new("length", new("length (tokens)", "長さ（トークン数）"), "", Logarithmic: true);
    private static readonly Quantity ByBatch = new("activation_bytes_by_batch", new("activations and their gradients, by batch", "活性値とその勾配（バッチ別）"), "byte", Logarithmic: true);
    private static readonly Quantity ByLength = new("activation_bytes_by_length", new("activations and their gradients of one sentence", "1 文の活性値とその勾配"), "byte", Logarithmic: true);
    private static readonly Quantity Speed = new("training_tokens_per_second", new("training speed", "学習の速さ"), "token/s", Logarithmic: true) { DependsOnMachine = true };
    private static readonly Quantity Step = new("step_milliseconds", new("time of a training step", "学習 1 ステップの時間"), "ms", Logarithmic: true) { DependsOnMachine = true };
    private static readonly Quantity Token = new("forward_microseconds_per_token", new("forward time a token", "順伝播のトークンあたり時間"), "µs", Logarithmic: false) { DependsOnMachine = true };

    private string Name => net.Norm is "layer" ? net.Residual : $"{net.Residual}/{net.Norm}";

    /// <summary>Every batch at the shortest length, and every length with one sentence.</summary>
    public static IEnumerable<(int Batch, int Length)> Shapes(IReadOnlyList<int> batches, IReadOnlyList<int> lengths) =>
        batches.Select(b => (b, lengths[0])).Concat(lengths.Select(l => (1, l))).Distinct();

    /// <summary>The report.</summary>
    public Report Report(Experiment experiment, SettingValues settings)
    {
        List<ClaimResult> claims = [.. MemoryClaims(), .. speeds.Count > 0 ? SpeedClaims() : []];
        return new Report
        {
            Experiment = experiment,
            Settings = settings,
            Claims = claims,
            Omitted = [.. MemoryAndSpeedClaims.All.Where(c => !claims.Exists(r => r.Claim == c)).Select(Omit)],
            Series = [.. Series()],
            Tables = [Table()],
        };
    }

    private IEnumerable<ClaimResult> MemoryClaims()
    {
        long predicted = MemoryFormulas.Parameters(net);
        yield return MemoryAndSpeedClaims.Parameters.Test(
            Name, new LocalizedText(FormattableString.Invariant($"1 ({predicted} numbers)"), FormattableString.Invariant($"1（{predicted} 個）")), new Bound(0.95, 1.05), Interval.Exactly(memory.Parameters / (double)predicted),
            new("Embedding and output are a table each; attention is four square matrices a layer, the feed-forward two of d×f.", "埋め込みと出力がそれぞれ 1 枚の表、アテンションは層ごとに正方行列 4 個、フィードフォワードは d×f の行列 2 個です。"));
        yield return MemoryAndSpeedClaims.Optimizer.Test(
            "Adam", "4", Bound.Around(4, 0.2), Interval.Exactly((memory.Parameters + memory.Gradients + memory.Optimizer) / (double)memory.Parameters),
            new("The weight, its gradient, the mean of its gradients and the mean of their squares.", "重み、その勾配、勾配の平均、勾配の 2 乗の平均の 4 つです。"));
        if (MemoryFormulas.NamesEverything(net))
        {
            foreach ((int batch, int length) in memory.Passes.Keys)
            {
                double bytes = MemoryFormulas.PassBytes(net, batch, length);
                yield return MemoryAndSpeedClaims.Activations.Test(
                    FormattableString.Invariant($"{batch}×{length}"), FormattableString.Invariant($"1 ± 0.05 ({bytes / 1e6:0.00} MB)"), Bound.Around(1, 0.05), Interval.Exactly(memory.Passes[(batch, length)] / bytes),
                    new("The backward pass needs the values of the forward pass, so all of them are kept, and each gets a gradient of its size.", "逆伝播には順伝播の値が必要なのですべて残り、それぞれに同じ大きさの勾配が付きます。"));
            }
        }

        if (batches.Count > 1)
        {
            double ratio = batches[^1] / (double)batches[0];
            yield return MemoryAndSpeedClaims.Batch.Test(
                Name, "1 ± 0.05", Bound.Around(1, 0.05), Interval.Exactly(memory.Passes[(batches[^1], lengths[0])] / (double)memory.Passes[(batches[0], lengths[0])] / ratio),
                new("Every sentence has values of its own; the weights are shared.", "値は文ごとにあり、重みは共有されます。"));
        }

        if (lengths.Count > 1 && MemoryFormulas.NamesEverything(net))
        {
            double predictedRatio = MemoryFormulas.PassBytes(net, 1, lengths[^1]) / lengths[^1] / (MemoryFormulas.PassBytes(net, 1, lengths[0]) / lengths[0]);
            double measured = memory.Passes[(1, lengths[^1])] / (double)lengths[^1] / (memory.Passes[(1, lengths[0])] / (double)lengths[0]);
            yield return MemoryAndSpeedClaims.Length.Test(
                Name, FormattableString.Invariant($"{predictedRatio:0.00} ± 5 %"), Bound.Around(predictedRatio, 0.05 * predictedRatio), Interval.Exactly(measured),
                new("Scores and pattern hold heads × length numbers for each token, and so do their gradients.", "スコアとパターンはトークンごとに「ヘッド数 × 長さ」個の数値を持ち、その勾配も同じだけあります。"));
        }
    }

    private IEnumerable<ClaimResult> SpeedClaims()
    {
        int last = batches.Count - 1;
        yield return MemoryAndSpeedClaims.Training.Test(
            FormattableString.Invariant($"batch {batches[^1]}"), "2 … 4", new Bound(2, 4), Over(s => s.Backward[last] / s.Forward[last]),
            new("The backward pass has two products for each one of the forward pass: for the gradient of the input and for that of the weights.", "順伝播の行列積 1 回につき、逆伝播では入力の勾配と重みの勾配の 2 回の行列積があります。"));
        if (lengths.Count > 1)
        {
            double low = MemoryFormulas.OperationsPerToken(net, lengths[^1]) / MemoryFormulas.OperationsPerToken(net, lengths[0]), high = lengths[^1] / (double)lengths[0];
            yield return MemoryAndSpeedClaims.Compute.Test(
                FormattableString.Invariant($"{lengths[0]} → {lengths[^1]}"), FormattableString.Invariant($"{low:0.00} … {high:0.##}"), new Bound(low, high), Over(s => s.ByLength[^1] / s.ByLength[0]),
                new("Products with the weights cost the same for every token; those with keys and values grow with the length, and softmax costs more than its few operations.", "重みとの積はどのトークンでも同じですが、キーと値との積は長さとともに増えます。softmax は演算数の割に時間がかかります。"));
        }

        if (last > 0)
        {
            double ratio = batches[^1] / (double)batches[0];
            string prediction = FormattableString.Invariant($"1 … {ratio:0.##}"), subject = FormattableString.Invariant($"{batches[0]} → {batches[^1]}");
            yield return MemoryAndSpeedClaims.Throughput.Test(
                subject, prediction, new Bound(1, ratio), Over(s => ratio * s.Training[0] / s.Training[last]),
                new("A small batch pays for reading and changing the weights, and for the threads' meetings, with few tokens; once the arithmetic dominates, more sentences gain nothing.", "小さなバッチでは、重みの読み書きやスレッドの待ち合わせの手間を少ないトークンで負担します。計算が支配的になれば、文を増やしても速くはなりません。"));
            yield return MemoryAndSpeedClaims.Wait.Test(
                subject, prediction, new Bound(1, ratio), Over(s => s.Training[last] / s.Training[0]),
                new("A step ends when its last sentence is done. For one sentence in real time a batch of one answers soonest.", "1 ステップは最後の文が終わるまで終わりません。1 文をすぐに返したいなら、バッチ 1 が最も早く答えます。"));
        }

        double saved = lengths[^1] * MemoryFormulas.OperationsPerToken(net, lengths[^1]) / MemoryFormulas.OperationsPerToken(net, 2.0 * lengths[^1]);
        yield return MemoryAndSpeedClaims.Cache.Test(
            FormattableString.Invariant($"token {lengths[^1]}"), FormattableString.Invariant($"1 … {saved:0.#}"), new Bound(1, saved), Over(s => s.Uncached / s.Cached),
            new("With the cache one position is computed instead of all. But every weight is read for a single token, and reading then takes longer than computing.", "キャッシュがあれば、全位置ではなく 1 位置だけを計算します。ただし 1 トークンのために全部の重みを読むので、計算より読み込みに時間がかかります。"));
    }

    private OmittedClaim Omit(Claim claim) => new(claim, claim.DependsOnMachine && speeds.Count == 0
        ? new("No round of timing was finished.", "計測が 1 回も終わっていません。")
        : MemoryFormulas.NamesEverything(net) || claim == MemoryAndSpeedClaims.Batch || claim.DependsOnMachine
            ? new("There is nothing to compare; give two batches and two lengths.", "比べるものがありません。batches と lengths に二つ以上の値を指定してください。")
            : new("In this arrangement a value may have no name or share its gradient, so shapes alone do not tell the sum; choose residual plain, pre, post or sandwich with norm layer or rms.", "この配置では、名前のない値や勾配を共有する値があり、形だけからは合計を求められません。residual は plain、pre、post、sandwich、norm は layer か rms にしてください。"));

    private IEnumerable<Series> Series()
    {
        double[] x = [.. batches.Select(b => (double)b)], t = [.. lengths.Select(l => (double)l)];
        yield return Lab.Series.Of(Name, ByBatch, Batch, x, [.. batches.Select(b => Interval.Exactly(memory.Passes[(b, lengths[0])]))]);
        if (MemoryFormulas.NamesEverything(net))
        {
            yield return Lab.Series.Predicted(Name, ByBatch, Batch, x, [.. batches.Select(b => MemoryFormulas.PassBytes(net, b, lengths[0]))]);
        }

        yield return Lab.Series.Of(Name, ByLength, Length, t, [.. lengths.Select(l => Interval.Exactly(memory.Passes[(1, l)]))]);
        if (MemoryFormulas.NamesEverything(net))
        {
            yield return Lab.Series.Predicted(Name, ByLength, Length, t, [.. lengths.Select(l => MemoryFormulas.PassBytes(net, 1, l))]);
        }

        if (speeds.Count > 0)
        {
            yield return Lab.Series.Of(Name, Speed, Batch, x, [.. batches.Select((b, i) => Over(s => b * lengths[0] / s.Training[i]))]);
            yield return Lab.Series.Of(Name, Step, Batch, x, [.. batches.Select((_, i) => Over(s => 1e3 * s.Training[i]))]);
            yield return Lab.Series.Of(Name, Token, Length, t, [.. lengths.Select((_, i) => Over(s => 1e6 * s.ByLength[i]))]);
        }
    }

    private Table Table()
    {
        List<IReadOnlyList<TableCell>> rows =
        [
            Row("weights", MemoryFormulas.Parameters(net), memory.Parameters),
            Row("gradients", MemoryFormulas.Parameters(net), memory.Gradients),
            Row("Adam", 2 * MemoryFormulas.Parameters(net), memory.Optimizer),
        ];
        foreach (((int batch, int length), long bytes) in memory.Passes)
        {
            double predicted = MemoryFormulas.NamesEverything(net) ? MemoryFormulas.PassBytes(net, batch, length) / 1e6 : double.NaN;
            rows.Add([string.Create(CultureInfo.InvariantCulture, $"pass {batch}×{length}"), predicted, bytes / 1e6]);
        }

        return new Table("memory", new("Memory in MB", "メモリ（MB）"), [new("part", new("part", "部分")), new("predicted", new("predicted", "予測")), new("measured", new("measured", "測定"))], rows);

        static IReadOnlyList<TableCell> Row(string part, double predicted, double numbers) => [part, sizeof(float) * predicted / 1e6, sizeof(float) * numbers / 1e6];
    }

    // times vary by factors
    private Interval Over(Func<SpeedFinding, double> figure) => Interval.OfGeometricMean(speeds.Select(figure).ToArray());
}
