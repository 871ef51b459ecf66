using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Does a deeper net learn? Short trainings on a Markov source, whose best possible loss is known, by arrangement and depth; and what a
/// skip path costs in time and memory. Derived in docs/experiments/depth-training.md.
/// </summary>
internal sealed class DepthTraining : Experiment
{
    private const int StepsBetweenFigures = 10;

    private static readonly ChoicesSetting Residual = NetSettings.Residuals("none", "plain", "post", "pre", "deepnorm");

    private static readonly ChoicesSetting Norm = NetSettings.Norms("layer");

    private static readonly IntegersSetting Depths = new("depths", [2, 6, 24], 1, 1000, new("Depths to train.", "学習させる深さ。"));

    private static readonly IntegerSetting Width = NetSettings.Width(32);

    private static readonly IntegerSetting Heads = NetSettings.Heads(4);

    private static readonly IntegerSetting Length = NetSettings.Length(16);

    private static readonly IntegerSetting Batch = NetSettings.Batch(8);

    private static readonly IntegerSetting Vocabulary = MarkovSettings.Vocabulary(16);

    private static readonly RealSetting Temperature = MarkovSettings.Temperature(0.4);

    private static readonly IntegerSetting Steps = NetSettings.Steps(60);

    private static readonly RealSetting LearningRate = NetSettings.LearningRate(0.003);

    private static readonly IntegerSetting WarmUp = MarkovSettings.WarmUp(0);

    private static readonly IntegerSetting CostDepth = new(
        "cost_depth", 6, 1, 1000,
        new("Layers of the two nets whose training steps are timed, with and without a skip path.", "学習ステップの時間とメモリを測る 2 つのネット（スキップ経路あり・なし）の層の数。"));

    private static readonly IntegerSetting Seeds = NetSettings.Seeds(3);

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "depth-training";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("Does a deeper net learn?", "層を深くしても、ネットは学習できるのでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => DepthTrainingClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Residual, Norm, Depths, Width, Heads, Length, Batch, Vocabulary, Temperature, Steps, LearningRate, WarmUp, CostDepth, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("slower-without-skip", new("“Without residual connections compute is slower and memory is larger.” Neither: what fails is learning.", "「残差接続がないと計算が遅くなり、メモリも増える」— どちらも違います。できなくなるのは学習です。"), "residual=none,plain,pre", "depths=6", "seeds=5") { IsPopularClaim = true },
        new Preset("all-arrangements", new("Every arrangement at 6 and 24 layers.", "すべての配置を 6 層と 24 層で比べます。"), $"residual={string.Join(',', ResidualConnections.All.Select(r => r.Name))}", "depths=6,24"),
        new Preset("wider", new("A net twice as wide, longer text and a smaller learning rate: the same nets learn. About a minute.", "幅 2 倍、長い文、小さい学習率でも、学習できるネットは同じです（約 1 分）。"), "residual=none,post,pre", "depths=6,24", "width=64", "length=32", "batch=16", "vocabulary=32", "temperature=0.42", "steps=120", "learning_rate=0.001"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(job => job.Training.Operations) + Cost(settings).Operations;

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Math.Max(Plan(settings).Max(job => job.Training.Bytes), Cost(settings).Bytes);

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
        List<DepthTrainingJob> jobs = Plan(settings);
        var draws = new SeedDraws(settings.Get(Seed), memory);

        // the timing comes last: by then all code is compiled
        return Trials.Run(
            [
                .. jobs.Select(job => TrialOf(job, draws) with { Key = (job with { Seed = 0 }, draws.Number(job.Seed)) }),
                TrialOf(Cost(settings), new SeedDraws(settings.Get(Seed))),
            ],
            found => new DepthTrainingResult(jobs, [.. found.SkipLast(1).Select(f => f?.Outcome)], found[^1]?.Cost).Report(this, settings),
            progress,
            cancellation,
            memory);
    }

    private static List<DepthTrainingJob> Plan(SettingValues settings)
    {
        IReadOnlyList<Arrangement> arrangements = Arrangement.Combine(settings.Get(Residual), settings.Get(Norm));
        return
        [
            .. from seed in Enumerable.Range(0, settings.Get(Seeds))
               from depth in settings.Get(Depths)
               from arrangement in arrangements
               select new DepthTrainingJob(arrangement, Training(settings, arrangement, depth), seed),
        ];
    }

    private static SkipCostProbe Cost(SettingValues settings) => new(Training(settings, new Arrangement("plain", "none"), settings.Get(CostDepth)));

    private static MarkovTraining Training(SettingValues settings, Arrangement arrangement, int depth)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        var net = StandardNet.Base with
        {
            Vocabulary = settings.Get(Vocabulary),
            Length = settings.Get(Length),
            Depth = depth,
            Width = settings.Get(Width),
            Heads = settings.Get(Heads),
            Residual = arrangement.Residual,
            Norm = arrangement.Norm,
        };
        var training = new ShortTraining
        {
            Steps = settings.Get(Steps),
            Batch = settings.Get(Batch),
            LearningRate = settings.Get(LearningRate),
            WarmUp = settings.Get(WarmUp),
        };
        return new MarkovTraining(net.Validate(), training, settings.Get(Temperature));
    }

    private static Trial<DepthTrainingFinding> TrialOf(DepthTrainingJob job, SeedDraws draws)
    {
        var name = new LocalizedText(
            FormattableString.Invariant($"{job.Arrangement.Name}, {job.Depth} layers, seed {job.Seed + 1}"),
            FormattableString.Invariant($"{job.Arrangement.Name}、{job.Depth} 層、シード {job.Seed + 1}"));
        return new Trial<DepthTrainingFinding>(
            job.Training.Operations,
            job.Training.Bytes,
            context =>
            {
                int steps = job.Training.Training.Steps;
                return new DepthTrainingFinding(job.Training.Run(context.Tape, draws, job.Seed, context.Cancellation, TellNowAndThen), null);

                void TellNowAndThen(int step, double loss)
                {
                    if (step % StepsBetweenFigures == 0)
                    {
                        context.Tell(step / (steps + 1.0), new LocalizedText(
                            $"{name.English}: loss {Short(loss)} after {step} steps",
                            $"{name.Japanese}: {step} ステップ後の損失 {Short(loss)}"));
                    }
                }
            },
            found => new LocalizedText(
                $"{name.English}: held-out loss {Short(found.Outcome!.HeldOut)} nats",
                $"{name.Japanese}: 評価用の文での損失 {Short(found.Outcome.HeldOut)} ナット"));
    }

    private static Trial<DepthTrainingFinding> TrialOf(SkipCostProbe probe, SeedDraws draws) => new(
        probe.Operations,
        probe.Bytes,
        context => new DepthTrainingFinding(null, probe.Measure(context, draws)),
        found => new LocalizedText(
            $"a step with a skip path takes {Short(found.Cost!.TimeRatio.Estimate)} times as long as one without",
            $"スキップ経路ありの 1 ステップの時間は、なしの {Short(found.Cost.TimeRatio.Estimate)} 倍"));

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
