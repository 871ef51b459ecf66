using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// How large does the residual stream become? Forward passes through fresh nets: the selected arrangements layer by layer, the setting for which
/// Xiong et al. proved it, and GPT-2's start over depths. Derived in docs/experiments/signal-growth.md.
/// </summary>
internal sealed class SignalGrowth : Experiment
{
    private static readonly ChoicesSetting Residual = NetSettings.Residuals("none", "plain", "pre", "post", "sandwich", "scaled-pre", "rezero");

    private static readonly ChoicesSetting Norm = NetSettings.Norms("layer");

    private static readonly IntegerSetting Depth = NetSettings.Depth(12);

    private static readonly IntegersSetting Depths = new(
        "depths", [4, 12, 48], 1, 1000,
        new("Depths over which GPT-2's start is compared.", "GPT-2 の初期化を比べる深さ。"));

    private static readonly IntegerSetting Width = NetSettings.Width(128);

    private static readonly IntegerSetting Heads = NetSettings.Heads(4);

    private static readonly IntegerSetting Length = NetSettings.Length(32);

    private static readonly IntegerSetting Batch = NetSettings.Batch(1);

    private static readonly IntegerSetting Vocabulary = NetSettings.Vocabulary(1000);

    private static readonly ChoiceSetting Kind = new(
        "kind", "decoder", ["decoder", "encoder"], new("Decoder: a position sees those before it; encoder: it sees all.", "decoder では各位置は前の位置だけを、encoder ではすべてを見ます。"));

    private static readonly ChoiceSetting Attention = new(
        "attention", "own", ["own", "uniform"], new("Own: as the fresh weights have it; uniform: every visible position counts the same.", "own は初期重みどおり、uniform は見える位置をすべて同じ重みで平均します。"));

    private static readonly ChoiceSetting Activation = new(
        "activation", "relu", [.. Activations.All.Select(c => c.Name)], new("The feed-forward's activation.", "フィードフォワードの活性化関数。"));

    private static readonly ChoiceSetting Initialization = new(
        "initialization", "xavier", [.. InitializationSchemes.All.Select(c => c.Name)], new("How weights begin.", "重みの初期化方法。"));

    private static readonly ChoiceSetting Positions = new(
        "positions", "none", [.. PositionEncodings.All.Select(c => c.Name)], new("How a token knows its position.", "位置の与え方。"));

    private static readonly IntegerSetting Seeds = NetSettings.Seeds();

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "signal-growth";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("How large does the residual stream become from layer to layer?", "残差ストリームは、層を重ねるとどれくらい大きくなるでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => SignalGrowthClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Residual, Norm, Depth, Depths, Width, Heads, Length, Batch, Vocabulary, Kind, Attention, Activation, Initialization, Positions, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("deep", new("Two hundred layers: powers, sums, and what a normalization forgets.", "200 層。累乗になるもの、和になるもの、正規化で忘れられるもの。"), "depth=200", "depths=4,48", "seeds=2", "width=64"),
        new Preset("harmonic", new("Scaled pre-norm grows as the logarithm of the depth.", "スケール付き pre-norm は深さの対数で増えます。"), "residual=pre,scaled-pre,sandwich", "depth=96", "width=64", "depths=4,48", "seeds=3"),
        new Preset("uniform", new("Uniform attention: the recursion is exact.", "アテンションが一様なら漸化式は厳密になります。"), "residual=plain,pre,post", "attention=uniform", "kind=encoder"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(Operations);

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Plan(settings).Max(Bytes);

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default) =>
        Measure(settings, null, progress, cancellation);

    /// <inheritdoc/>
    public override bool Remembers => true;

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, ExperimentMemory memory, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default) =>
        Measure(settings, memory, progress, cancellation);

    private Report Measure(SettingValues settings, ExperimentMemory? memory, IProgress<ExperimentProgress>? progress, CancellationToken cancellation)
    {
        List<SignalJob> jobs = Plan(settings);
        var draws = new SeedDraws(settings.Get(Seed), memory);
        return Trials.Run(
            [.. jobs.Select(job => TrialOf(job, draws) with { Key = (job with { Seed = 0 }, draws.Number(job.Seed)) })],
            found => new SignalGrowthResult(jobs, found).Report(this, settings),
            progress,
            cancellation,
            memory);
    }

    private static double Operations(SignalJob job) => NetOperations.Forward(job.Net, job.Batch);

    private static double Bytes(SignalJob job) => MemoryBudget.OfNet(job.Net, job.Batch) / 2;

    private static Trial<StreamSizes> TrialOf(SignalJob job, SeedDraws draws) => new(
        Operations(job),
        Bytes(job),
        context =>
        {
            Transformer model = Transformer.Blank(job.Net);
            draws.Initialize(model, job.Seed);
            TokenBatch text = RandomText.Of(job.Batch, job.Net.Length, job.Net.Vocabulary, draws.Random(job.Seed).Split("text"));
            return StreamProbe.Measure(context.Tape, model, text, job.Uniform);
        },
        found => Say(job, found));

    private static LocalizedText Say(SignalJob job, StreamSizes found)
    {
        string last = found.Stream[^1].ToString("G3", CultureInfo.InvariantCulture);
        return new LocalizedText(
            $"{job.Name}, seed {job.Seed + 1}: mean square {last} after {job.Net.Depth} layers",
            $"{job.Name}、シード {job.Seed + 1}: {job.Net.Depth} 層の後の 2 乗平均は {last}");
    }

    private static List<SignalJob> Plan(SettingValues settings)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        IReadOnlyList<Arrangement> arrangements = Arrangement.Combine(settings.Get(Residual), settings.Get(Norm));
        bool uniform = settings.Get(Attention) is "uniform";
        int batch = settings.Get(Batch);
        var jobs = new List<SignalJob>();
        for (int seed = 0; seed < settings.Get(Seeds); seed++)
        {
            foreach (Arrangement arrangement in arrangements)
            {
                jobs.Add(new SignalJob(SignalPart.Profile, arrangement.Name, arrangement, Net(settings, arrangement).Validate(), uniform, batch, seed));
            }

            foreach (string residual in (string[])["post", "pre"])
            {
                var arrangement = new Arrangement(residual, "layer");
                jobs.Add(new SignalJob(SignalPart.Xiong, residual, arrangement, XiongsNet(settings, arrangement), true, batch, seed));
            }

            // the deepest first: the last job of a run should be a short one
            foreach (int depth in settings.Get(Depths).Reverse())
            {
                foreach (string start in (string[])["gpt2-scaled", "gpt2"])
                {
                    var arrangement = new Arrangement("pre", "layer");
                    jobs.Add(new SignalJob(SignalPart.Start, start, arrangement, Gpt2Net(settings, arrangement, start, depth), false, batch, seed));
                }
            }
        }

        return jobs;
    }

    private static TransformerSettings Net(SettingValues settings, Arrangement arrangement) => new()
    {
        Kind = settings.Get(Kind),
        Vocabulary = settings.Get(Vocabulary),
        Length = settings.Get(Length),
        Depth = settings.Get(Depth),
        Width = settings.Get(Width),
        Heads = settings.Get(Heads),
        Residual = arrangement.Residual,
        Norm = arrangement.Norm,
        Activation = settings.Get(Activation),
        Initialization = settings.Get(Initialization),
        Positions = settings.Get(Positions),
        Bias = false,
    };

    // one head, a feed-forward part as wide as the stream: Xavier's 2/(in + out) is then the 1/d of the paper
    private static TransformerSettings XiongsNet(SettingValues settings, Arrangement arrangement) => (Net(settings, arrangement) with
    {
        Kind = "encoder",
        Heads = 1,
        FeedForwardWidth = settings.Get(Width),
        Activation = "relu",
        Initialization = "xavier",
        Positions = "none",
    }).Validate();

    private static TransformerSettings Gpt2Net(SettingValues settings, Arrangement arrangement, string start, int depth) => (Net(settings, arrangement) with
    {
        Kind = "decoder",
        Depth = depth,
        Activation = "gelu",
        Initialization = start,
        Positions = "none",
    }).Validate();
}
