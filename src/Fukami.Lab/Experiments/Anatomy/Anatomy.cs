using System.Diagnostics;
using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// A trained Transformer at work: every stage of one layer in the order of the lesson's diagram, and the two checks that sum and normalization hold. Derived in
/// docs/experiments/anatomy.md.
/// </summary>
internal sealed class Anatomy : Experiment
{
    private static readonly Quantity StreamNorm = new("stream_norm", new("Mean norm of a position's stream", "1 位置のストリームの平均ノルム"), "", Logarithmic: false);

    private static readonly Quantity BranchShare = new("branch_share", new("Branch over the stream it is added to (norms)", "足される先のストリームに対する枝の大きさ（ノルムの比）"), "", Logarithmic: false);

    private static readonly Quantity MissingVariance = new("missing_variance", new("1 − variance of a normalized row", "1 − 正規化後の行の分散"), "", Logarithmic: true);

    private static readonly Quantity Layer = new("layer", new("Layer (0: in front of the first)", "層（0 は最初の層の前）"), "", Logarithmic: false);

    private static readonly Quantity NormNumber = new("normalization", new("Normalization, counted from the bottom", "正規化（下から数えた番号）"), "", Logarithmic: false);

    private static readonly TextSetting Model = NetSettings.Model(new(
        "A trained decoder or encoder; empty: the two that ship, pre-norm and post-norm.", "学習済みの decoder または encoder。空なら同梱の二つ（pre-norm と post-norm）。"));

    private static readonly TextSetting Prompt = NetSettings.Prompt("The cat sat on the mat.", new(
        "The text to read; empty: random tokens.", "読ませる文。空ならランダムなトークン。"));

    private static readonly IntegerSetting ShownLayer = new("layer", 1, 1, 10_000, new("The layer whose stages are shown, from 1.", "段階を表示する層（1 から）。"));

    private static readonly IntegerSetting Seeds = new("seeds", 5, 1, 1000, new("With an empty prompt: sentences of random tokens.", "prompt が空のとき: ランダムなトークンの文の数。"));

    /// <inheritdoc/>
    public override string Id => "anatomy";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("What happens in one layer of a trained Transformer, stage by stage?", "学習済み Transformer の 1 層の中では、段階ごとに何が起きているでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => AnatomyClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } = [Model, Prompt, ShownLayer, Seeds, NetSettings.Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("japanese", new("The same nets read Japanese.", "同じネットに日本語を読ませます。"), "prompt=猫はマットの上に座りました。"),
        new Preset("last-layer", new("The last layer: what the stream has become.", "最後の層。ストリームがどうなったかを見ます。"), "layer=6"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => 1e7;

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        IReadOnlyList<TrainedModel> models = settings.Get(Model).Length > 0
            ? [TrainedModel.Open(settings.Get(Model))]
            : [TrainedModel.Shipped(ShippedModels.Decoder), TrainedModel.Shipped(ShippedModels.Encoder)];
        int layer = settings.Get(ShownLayer);
        foreach (TrainedModel model in models.Where(m => m.Net.Depth < layer))
        {
            throw new SettingException(new LocalizedText(
                $"layer {layer} was asked for, and {model.Name} has {model.Net.Depth}; choose 1 to {model.Net.Depth}.",
                $"{layer} 層目が指定されましたが、{model.Name} は {model.Net.Depth} 層です。1 から {model.Net.Depth} を指定してください。"));
        }

        Report report = Trials.Run(
            [.. models.Select(model => TrialOf(model, Text(settings, model)))], found => Describe(settings, [.. found.OfType<AnatomyFinding>()], layer), progress, cancellation);
        return report with { ElapsedSeconds = watch.Elapsed.TotalSeconds }; // with the time that opening the models took
    }

    private static Trial<AnatomyFinding> TrialOf(TrainedModel model, TokenBatch text) => new(
        NetOperations.Forward(model.Net, text.Batch),
        0,
        context => new AnatomyFinding(model, text, context.Tape),
        found =>
        {
            string size = found.StreamNorms[^1].ToString("G3", CultureInfo.InvariantCulture);
            return new LocalizedText(
                $"{model.Name}: behind the last layer the stream has norm {size}", $"{model.Name}: 最後の層の後のストリームのノルムは {size}");
        });

    private Report Describe(SettingValues settings, List<AnatomyFinding> found, int layer)
    {
        List<ClaimResult> claims = [.. found.SelectMany(AnatomyClaims.Test)];
        return new Report
        {
            Experiment = this,
            Settings = settings,
            Claims = [.. AnatomyClaims.All.SelectMany(claim => claims.Where(c => c.Claim == claim))],
            Omitted = [.. AnatomyClaims.All.Where(claim => claims.TrueForAll(c => c.Claim != claim)).Select(AnatomyClaims.Omit)],
            Series = [.. Lines(found)],
            Tables = [.. found.Select(f => Stages(f, layer))],
        };
    }

    private static TokenBatch Text(SettingValues settings, TrainedModel model) => settings.Get(Prompt).Length > 0
        ? model.Read(settings.Get(Prompt))
        : RandomText.Of(settings.Get(Seeds), Math.Min(32, model.Net.Length), model.Net.Vocabulary, new RandomSource((ulong)settings.Get(NetSettings.Seed)).Split("text"));

    private static IEnumerable<Series> Lines(List<AnatomyFinding> found)
    {
        foreach (AnatomyFinding f in found)
        {
            double[] layers = [.. Enumerable.Range(0, f.StreamNorms.Count).Select(i => (double)i)];
            yield return Line(f.Model.Name, StreamNorm, Layer, layers, f.StreamNorms);
            if (f.Model.Net.Residual is "pre" or "plain" or "sandwich" or "scaled-pre" or "rezero" or "parallel")
            {
                yield return Series.Predicted(f.Model.Name, StreamNorm, Layer, layers, f.RightAngles());
            }
        }

        foreach (AnatomyFinding f in found)
        {
            double[] layers = [.. Enumerable.Range(1, f.Shares.Count).Select(i => (double)i)];
            yield return Line($"{f.Model.Name} attention", BranchShare, Layer, layers, [.. f.Shares.Select(s => s[0])]);
            yield return Line($"{f.Model.Name} feed-forward", BranchShare, Layer, layers, [.. f.Shares.Select(s => s[1])]);
        }

        foreach (AnatomyFinding f in found.Where(f => f.Norms.Count > 0))
        {
            double[] numbers = [.. Enumerable.Range(1, f.Norms.Count).Select(i => (double)i)];
            yield return Line(f.Model.Name, MissingVariance, NormNumber, numbers, [.. f.Norms.Select(n => 1 - n.AverageVariance)]);
            yield return Series.Predicted(f.Model.Name, MissingVariance, NormNumber, numbers, [.. f.Norms.Select(n => 1 - n.AverageExpected)]);
        }
    }

    private static Series Line(string name, Quantity quantity, Quantity xQuantity, IReadOnlyList<double> x, IReadOnlyList<double> y) =>
        Series.Of(name, quantity, xQuantity, x, [.. y.Select(Interval.Exactly)]);

    private static Table Stages(AnatomyFinding found, int layer) => new(
        $"stages-{found.Model.Name}",
        new(
            $"{found.Model.Name}, {found.Model.Net.Residual}, layer {layer} of {found.Model.Net.Depth}, mean over {found.Rows} positions (x: the row above; off by: largest error of a sum; largest relative error of a variance)",
            $"{found.Model.Name}、{found.Model.Net.Residual}、{found.Model.Net.Depth} 層中 {layer} 層目、{found.Rows} 位置の平均（x は一つ上の行。誤差: 和では最大の差、正規化では分散の相対誤差の最大値）"),
        [
            new("stage", new("stage", "段階")), new("formula", new("made of", "計算式")), new("mean", new("mean", "平均")),
            new("variance", new("variance", "分散")), new("norm", new("norm", "ノルム")), new("off_by", new("off by", "誤差")),
        ],
        [.. found.Stages(layer - 1).Select(s => (IReadOnlyList<TableCell>)[s.Point, s.Formula, s.Mean, s.Variance, s.Norm, s.Check])]);
}
