using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// How large is the gradient that reaches each layer? One backward pass through fresh nets of each arrangement (or through a trained model),
/// read off at every layer, and the last layer's gradient over depth. Derived in docs/experiments/gradient-flow.md.
/// </summary>
public sealed partial class GradientFlow : Experiment
{
    private static readonly ChoicesSetting Residual = NetSettings.Residuals("none", "plain", "pre", "post", "deepnorm");

    private static readonly ChoicesSetting Norm = NetSettings.Norms("layer");

    private static readonly IntegerSetting Depth = NetSettings.Depth(12);

    private static readonly IntegersSetting Depths = new(
        "depths", [2, 4, 8, 16, 32], 1, 1000,
        new("Depths over which the last layer's gradient is compared.", "最後の層の勾配を比べる深さ。"));

    private static readonly IntegerSetting Width = NetSettings.Width(64);

    private static readonly IntegerSetting Heads = NetSettings.Heads(4);

    private static readonly IntegerSetting Length = NetSettings.Length(32);

    private static readonly IntegerSetting Batch = NetSettings.Batch(1);

    private static readonly IntegerSetting Vocabulary = NetSettings.Vocabulary(1000);

    private static readonly ChoiceSetting Kind = new(
        "kind", "decoder", ["decoder", "encoder"], new("Decoder: a position sees those before it; encoder: it sees all.", "decoder では各位置は前の位置だけを、encoder ではすべてを見ます。"));

    private static readonly ChoiceSetting Activation = new(
        "activation", "relu", [.. Activations.All.Select(c => c.Name)], new("The feed-forward's activation.", "フィードフォワードの活性化関数。"));

    private static readonly ChoiceSetting Initialization = new(
        "initialization", "xavier", [.. InitializationSchemes.All.Select(c => c.Name)], new("How weights begin.", "重みの初期化方法。"));

    private static readonly ChoiceSetting Positions = new(
        "positions", "none", [.. PositionEncodings.All.Select(c => c.Name)], new("How a token knows its position.", "位置の与え方。"));

    private static readonly IntegerSetting Seeds = NetSettings.Seeds();

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    private static readonly TextSetting Model = new(
        "model", "", new("a model folder, or nothing", "モデルフォルダ（空でもよい）"),
        new("A trained decoder or encoder to measure instead of fresh nets.", "新しいネットの代わりに測る、学習済みの decoder または encoder。"));

    private static readonly TextSetting Prompt = new(
        "prompt", "", new("any text, or nothing", "任意の文（空でもよい）"),
        new("With model: the text to read; random tokens otherwise.", "model とともに: 読ませる文。空ならランダムなトークン。"));

    /// <inheritdoc/>
    public override string Id => "gradient-flow";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("How large is the gradient that reaches each layer?", "各層に届く勾配はどれくらいの大きさでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => GradientFlowClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Residual, Norm, Depth, Depths, Width, Heads, Length, Batch, Vocabulary, Kind, Activation, Initialization, Positions, Model, Prompt, Seeds, Seed];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) =>
        settings.Get(Model).Length > 0 ? 0 : Plan(settings).Sum(job => job.Operations);

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) =>
        settings.Get(Model).Length > 0 ? 0 : Plan(settings).Max(job => job.Bytes);

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("same-in-every-layer", new("“With residual connections the gradient stays the same in every layer.”", "「残差接続があれば、勾配はどの層でも同じに保たれる」"), "residual=pre", "depth=48") { IsPopularClaim = true },
        new Preset("free-way", new("“A residual connection gives the gradient a free way through.” In post-norm, the order that most lessons draw, it does not.", "「残差接続は勾配がそのまま通れる道になる」— 多くの解説が描く post-norm ではそうなりません。"), "residual=post,pre", "depth=24") { IsPopularClaim = true },
        new Preset("deep", new("Two hundred layers, with and without a skip path.", "200 層。スキップ経路がある場合とない場合。"), "residual=none,pre,post", "depth=200", "seeds=3"),
    ];

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default) =>
        settings.Get(Model).Length > 0
            ? RunModel(settings, progress, cancellation)
            : RunFresh(settings, null, progress, cancellation);

    /// <inheritdoc/>
    public override bool Remembers => true;

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, ExperimentMemory memory, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default) =>
        settings.Get(Model).Length > 0
            ? RunModel(settings, progress, cancellation)
            : RunFresh(settings, memory, progress, cancellation);

    private static TransformerSettings Net(SettingValues settings, Arrangement arrangement, int depth)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        return new TransformerSettings
        {
            Kind = settings.Get(Kind),
            Vocabulary = settings.Get(Vocabulary),
            Length = settings.Get(Length),
            Depth = depth,
            Width = settings.Get(Width),
            Heads = settings.Get(Heads),
            Residual = arrangement.Residual,
            Norm = arrangement.Norm,
            Activation = settings.Get(Activation),
            Initialization = settings.Get(Initialization),
            Positions = settings.Get(Positions),
            Bias = false,
        }.Validate();
    }

    private static List<GradientFlowJob> Plan(SettingValues settings)
    {
        IReadOnlyList<Arrangement> arrangements = Arrangement.Combine(settings.Get(Residual), settings.Get(Norm));
        var jobs = new List<GradientFlowJob>();
        for (int seed = 0; seed < settings.Get(Seeds); seed++)
        {
            foreach (Arrangement arrangement in arrangements)
            {
                jobs.Add(NewJob(arrangement, settings.Get(Depth), profile: true));
            }

            // the deepest first: the last job of a run should be a short one
            foreach (Arrangement arrangement in arrangements.Where(a => Scales(settings, a)))
            {
                jobs.AddRange(settings.Get(Depths).Reverse().Select(depth => NewJob(arrangement, depth, profile: false)));
            }

            GradientFlowJob NewJob(Arrangement arrangement, int depth, bool profile) =>
                new(arrangement, Net(settings, arrangement, depth), seed, profile, settings.Get(Batch));
        }

        return jobs;
    }

    private static bool Scales(SettingValues settings, Arrangement arrangement) =>
        settings.Get(Depths).Count > 1 && GradientFlowClaims.PredictSlope(arrangement, Net(settings, arrangement, 1)) is not null;

    private Report RunFresh(SettingValues settings, ExperimentMemory? memory, IProgress<ExperimentProgress>? progress, CancellationToken cancellation)
    {
        List<GradientFlowJob> jobs = Plan(settings);
        var draws = new SeedDraws(settings.Get(Seed), memory);
        var nets = new FreshNets(draws);
        return Trials.Run(
            [.. jobs.Select(job => TrialOf(job, nets) with { Key = (job with { Seed = 0 }, draws.Number(job.Seed)) })],
            found => new GradientFlowResult(jobs, found).Report(this, settings, fresh: true),
            progress,
            cancellation,
            memory);
    }

    private static Trial<GradientFlowFinding> TrialOf(GradientFlowJob job, FreshNets nets) => new(
        job.Operations,
        job.Bytes,
        context =>
        {
            Transformer model = nets.Of(job, context.Space);
            var probe = new GradientProbe(context.Tape, model, nets.Text(job), training: true);
            return job.Profile ? new GradientFlowFinding(probe.Profile(), null) : new GradientFlowFinding(null, probe.LastLayerWeight());
        },
        found => Say(job, found));

    private static LocalizedText Say(GradientFlowJob job, GradientFlowFinding found)
    {
        if (found.Profile is { } profile)
        {
            string ratio = Short(profile.FirstOverLast);
            return new LocalizedText(
                $"{job.Arrangement.Name}, seed {job.Seed + 1}: the first layer's gradient is {ratio} times the last one's",
                $"{job.Arrangement.Name}、シード {job.Seed + 1}: 最初の層の勾配は最後の層の {ratio} 倍");
        }

        string norm = Short(found.LastLayer!.Value);
        return new LocalizedText(
            $"{job.Arrangement.Name}, seed {job.Seed + 1}: the last of {job.Net.Depth} layers has weight gradient {norm}",
            $"{job.Arrangement.Name}、シード {job.Seed + 1}: {job.Net.Depth} 層目（最後）の重みの勾配は {norm}");
    }

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
