using System.Globalization;

namespace Fukami.Lab;

/// <summary>
/// The largest learning rate at which a net still learns, by arrangement and normalization, with and without warm-up.
/// Derived in docs/experiments/learning-rate.md.
/// </summary>
internal sealed class LearningRate : Experiment
{
    private static readonly ChoicesSetting Residual = NetSettings.Residuals("plain", "post", "pre");

    private static readonly ChoicesSetting Norm = NetSettings.Norms("layer");

    private static readonly IntegerSetting Depth = NetSettings.Depth(4);

    private static readonly IntegerSetting Width = NetSettings.Width(16);

    private static readonly IntegerSetting Heads = NetSettings.Heads(2);

    private static readonly IntegerSetting Length = NetSettings.Length(8);

    private static readonly IntegerSetting Batch = NetSettings.Batch(8);

    private static readonly IntegerSetting Vocabulary = MarkovSettings.Vocabulary(16);

    private static readonly RealSetting Temperature = MarkovSettings.Temperature(0.4);

    private static readonly IntegerSetting Steps = NetSettings.Steps(80);

    private static readonly IntegerSetting WarmUp = new(
        "warm_up", 40, 1, 100_000,
        new("Steps of warm-up, in the trainings that have one.", "ウォームアップありの学習での、ウォームアップのステップ数。"));

    private static readonly RealSetting Lowest = new("lowest_rate", 0.004, 1e-8, 100, new("The smallest learning rate to try.", "試す学習率の最小値。"));

    private static readonly RealSetting Highest = new("highest_rate", 0.512, 1e-8, 100, new("The largest learning rate to try.", "試す学習率の最大値。"));

    private static readonly RealSetting Factor = new("factor", 2, 1.05, 100, new("From one learning rate to the next.", "隣り合う学習率の比。"));

    private static readonly IntegerSetting Seeds = NetSettings.Seeds(8);

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "learning-rate";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("Which is the largest learning rate that still learns?", "学習できる最大の学習率はどれくらいでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => LearningRateClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Residual, Norm, Depth, Width, Heads, Length, Batch, Vocabulary, Temperature, Steps, WarmUp, Lowest, Highest, Factor, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("without-normalization", new("ReZero has no normalization and tolerates large rates too: what counts is how the net starts.", "正規化のない ReZero でも大きな学習率で学習できます。大切なのは学習開始時の状態です。"), "residual=plain,rezero,pre"),
        new Preset("norms", new("Pre-norm and post-norm with layer, RMS and batch normalization.", "pre-norm と post-norm を、層正規化・RMS 正規化・バッチ正規化で比べます。"), "residual=plain,post,pre", "norm=layer,rms,batch", "seeds=5"),
        new Preset("deeper", new("Ten layers: in so few steps post-norm and plain learn at no rate, and pre-norm's limit is what it was.", "10 層。この短い学習では post-norm と plain はどの学習率でも学習できず、pre-norm の限界は変わりません。"), "depth=10", "lowest_rate=0.0005", "highest_rate=0.256", "seeds=3"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(job => job.Operations);

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Plan(settings).Max(job => job.Training.Bytes);

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<LearningRateJob> jobs = Plan(settings);
        var draws = new SeedDraws(settings.Get(Seed));
        return Trials.Run(
            [.. jobs.Select(job => TrialOf(job, draws))],
            found => new LearningRateResult(jobs, found, jobs[0].Grid, settings.Get(WarmUp)).Report(this, settings),
            progress,
            cancellation);
    }

    private static List<LearningRateJob> Plan(SettingValues settings)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        if (settings.Get(WarmUp) >= settings.Get(Steps))
        {
            throw new SettingException(new LocalizedText(
                $"warm_up {settings.Get(WarmUp)} is not below steps {settings.Get(Steps)}, so the rate would never be reached; choose fewer steps of warm-up.",
                $"warm_up {settings.Get(WarmUp)} が steps {settings.Get(Steps)} より小さくないため、学習率が目標値に届きません。warm_up を小さくしてください。"));
        }

        IReadOnlyList<Arrangement> arrangements = Arrangement.Combine(settings.Get(Residual), settings.Get(Norm));
        int[] warmUps = [0, settings.Get(WarmUp)];
        var grid = new RateGrid(settings.Get(Lowest), settings.Get(Highest), settings.Get(Factor));
        return
        [
            .. from seed in Enumerable.Range(0, settings.Get(Seeds))
               from arrangement in arrangements
               from warmUp in warmUps
               select new LearningRateJob(arrangement, Training(settings, arrangement, warmUp, grid), grid, seed),
        ];
    }

    private static MarkovTraining Training(SettingValues settings, Arrangement arrangement, int warmUp, RateGrid grid)
    {
        var net = StandardNet.Base with
        {
            Vocabulary = settings.Get(Vocabulary),
            Length = settings.Get(Length),
            Depth = settings.Get(Depth),
            Width = settings.Get(Width),
            Heads = settings.Get(Heads),
            Residual = arrangement.Residual,
            Norm = arrangement.Norm,
        };
        var training = new ShortTraining { Steps = settings.Get(Steps), Batch = settings.Get(Batch), LearningRate = grid.Rates[^1], WarmUp = warmUp };
        return new MarkovTraining(net.Validate(), training, settings.Get(Temperature));
    }

    private static Trial<RateLimit> TrialOf(LearningRateJob job, SeedDraws draws) => new(
        job.Operations,
        job.Training.Bytes,
        context => job.Search(context, draws),
        found =>
        {
            string rate = found.Rate.ToString("G3", CultureInfo.InvariantCulture);
            return new LocalizedText($"{job.Name.English}: learns up to {rate}", $"{job.Name.Japanese}: 学習率 {rate} まで学習できる");
        });
}
