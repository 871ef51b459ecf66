using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Skip path and normalization: is the whole more than its parts? A 2² factorial design at every depth, on a Markov source of known
/// entropy. Derived in docs/experiments/synergy.md.
/// </summary>
public sealed class Synergy : Experiment
{
    private static readonly ChoicesSetting Residual = NetSettings.Residuals("pre", "post");
    private static readonly ChoiceSetting Norm = NetSettings.Norm("layer");

    private static readonly IntegersSetting Depths = new(
        "depths", [1, 2, 4, 8, 12], 1, 1000, new("Depths of the map.", "地図に載せる深さ。"));

    private static readonly IntegerSetting Width = NetSettings.Width(32);
    private static readonly IntegerSetting Heads = NetSettings.Heads(4);
    private static readonly IntegerSetting Length = NetSettings.Length(12);
    private static readonly IntegerSetting Batch = NetSettings.Batch(8);
    private static readonly IntegerSetting Vocabulary = NetSettings.Vocabulary(16, 1024);
    private static readonly RealSetting Temperature = NetSettings.Temperature(0.5);
    private static readonly IntegerSetting Steps = NetSettings.Steps(80);
    private static readonly RealSetting LearningRate = NetSettings.LearningRate(2e-3);
    private static readonly IntegerSetting WarmUp = NetSettings.WarmUp(0);
    private static readonly IntegerSetting Seeds = NetSettings.Seeds(3);
    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "synergy";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new(
        "Skip path and normalization: is the whole more than its parts?",
        "スキップ経路と正規化は、合わせると単独の効果の和を超えるでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => SynergyClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Residual, Norm, Depths, Width, Heads, Length, Batch, Vocabulary, Temperature, Steps, LearningRate, WarmUp, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("all-placements", new("Every place for the normalization that has both parts, over depth.", "両方を備えたすべての配置を、深さごとに。"), "residual=pre,post,sandwich,deepnorm,scaled-pre,parallel"),
        new Preset("warm-up", new("A slow start: does it replace a missing part?", "ゆっくり始めれば、欠けた部品の代わりになるでしょうか。"), "warm_up=40"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(job => TrialOf(settings, job).Operations);

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Plan(settings).Max(job => TrialOf(settings, job).Bytes);

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
        List<SynergyJob> jobs = Plan(settings);
        return Trials.Run(
            [.. jobs.Select(job => TrialOf(settings, job) with { Key = (job, settings.Get(Temperature)) })],
            found => new SynergyResult(jobs, found, settings.Get(Depths)).Report(this, settings),
            progress,
            cancellation,
            memory);
    }

    private static Trial<LearningFinding> TrialOf(SettingValues settings, SynergyJob job) => job.Learning.On(() =>
    {
        TransformerSettings net = job.Learning.Net;
        var source = new MarkovSource(net.Kind, net.Vocabulary, net.Length, settings.Get(Temperature), (ulong)job.Learning.Seed);
        return (source, LearnedShare.On(source.Chain));
    });

    private static List<SynergyJob> Plan(SettingValues settings)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        NetSettings.CheckHasBoth(settings.Get(Residual), settings.Get(Norm));
        string norm = settings.Get(Norm);
        Arrangement[] arrangements = [.. ((IEnumerable<string>)["none", "none-norm", "plain", .. settings.Get(Residual)]).Select(r => new Arrangement(r, norm))];
        var training = new ShortTraining
        {
            Steps = settings.Get(Steps),
            Batch = settings.Get(Batch),
            LearningRate = settings.Get(LearningRate),
            WarmUp = settings.Get(WarmUp),
        };

        // seed by seed, the deepest first: the last job of a run should be a short one
        return [..
            from seed in Enumerable.Range(0, settings.Get(Seeds))
            from depth in settings.Get(Depths).Reverse()
            from arrangement in arrangements
            select new SynergyJob(arrangement, depth, new LearningJob(arrangement.Name, Net(settings, arrangement, depth), training, settings.Get(Seed) + (long)seed))];
    }

    private static TransformerSettings Net(SettingValues settings, Arrangement arrangement, int depth) => (StandardNet.Base with
    {
        Vocabulary = settings.Get(Vocabulary),
        Length = settings.Get(Length),
        Depth = depth,
        Width = settings.Get(Width),
        Heads = settings.Get(Heads),
        Residual = arrangement.Residual,
        Norm = arrangement.Norm,
    }).Validate();
}
