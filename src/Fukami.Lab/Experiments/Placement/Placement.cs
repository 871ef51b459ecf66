using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Where should the normalization stand? The arrangements side by side: stream and gradient at the start, how far the first step moves the
/// output, and what a short training learns with and without a warm-up. Derived in docs/experiments/placement.md.
/// </summary>
public sealed class Placement : Experiment
{
    private static readonly ChoicesSetting Residual = NetSettings.Residuals("post", "pre", "sandwich", "deepnorm", "scaled-pre", "rezero", "parallel");
    private static readonly ChoicesSetting Norm = NetSettings.Norms("layer");
    private static readonly IntegerSetting Depth = NetSettings.Depth(6);

    private static readonly IntegersSetting Depths = new(
        "depths", [2, 4, 8, 16], 1, 1000, new("Depths over which the first step is compared.", "最初の 1 ステップを比べる深さ。"));

    private static readonly IntegerSetting Width = NetSettings.Width(32);
    private static readonly IntegerSetting Heads = NetSettings.Heads(4);
    private static readonly IntegerSetting Length = NetSettings.Length(12);
    private static readonly IntegerSetting Batch = NetSettings.Batch(8);
    private static readonly IntegerSetting Vocabulary = NetSettings.Vocabulary(16, 1024);
    private static readonly RealSetting Temperature = NetSettings.Temperature(0.5);

    private static readonly RealSetting UpdateRate = new(
        "update_rate", 1e-5, 1e-7, 1, new("Adam's learning rate of the first step whose effect is measured.", "効果を測る最初の 1 ステップの Adam の学習率。"));

    private static readonly IntegerSetting Steps = NetSettings.Steps(100);
    private static readonly RealSetting LearningRate = NetSettings.LearningRate(8e-3);
    private static readonly IntegerSetting WarmUp = NetSettings.WarmUp(50);
    private static readonly IntegerSetting Seeds = NetSettings.Seeds(4);
    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "placement";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new(
        "Where should the normalization stand, and who needs a warm-up?",
        "正規化はどこに置くべきでしょうか。ウォームアップが必要なのはどの配置でしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => PlacementClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Residual, Norm, Depth, Depths, Width, Heads, Length, Batch, Vocabulary, Temperature, UpdateRate, Steps, LearningRate, WarmUp, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("shallow", new("Two layers: no placement needs a warm-up.", "2 層ならどの配置にもウォームアップは必要ありません。"), "depth=2"),
        new Preset("deep", new("Twelve layers: a warm-up does not save post-norm.", "12 層ではウォームアップがあっても post-norm は学習できません。"), "depth=12", "residual=post,pre,deepnorm"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(job => TrialOf(settings, job).Operations);

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Plan(settings).Max(job => TrialOf(settings, job).Bytes);

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<PlacementJob> jobs = Plan(settings);
        return Trials.Run(
            [.. jobs.Select(job => TrialOf(settings, job))],
            found => new PlacementResult(jobs, found, settings.Get(Depth), settings.Get(Depths), settings.Get(WarmUp)).Report(this, settings),
            progress,
            cancellation);
    }

    private static Trial<PlacementFinding> TrialOf(SettingValues settings, PlacementJob job)
    {
        TransformerSettings net = job.Learning.Net;
        if (job.Kind is PlacementKind.FirstStep)
        {
            return new Trial<PlacementFinding>(
                8 * NetOperations.Forward(net, settings.Get(Batch)),
                MemoryBudget.OfNet(net, settings.Get(Batch), copies: 4),
                context => new PlacementFinding(Probe(settings, job, context), null),
                found => Say(job, found.FirstStep!));
        }

        Trial<LearningFinding> learning = job.Learning.On(() =>
        {
            MarkovSource source = Source(settings, job);
            return (source, LearnedShare.On(source.Chain));
        });
        return new Trial<PlacementFinding>(
            learning.Operations, learning.Bytes, context => new PlacementFinding(null, learning.Measure(context)), found => learning.Say(found.Learned!));
    }

    private static FirstStep Probe(SettingValues settings, PlacementJob job, TrialContext context)
    {
        var random = new RandomSource((ulong)job.Learning.Seed);
        MarkovSource source = Source(settings, job);
        TokenBatch batch = source.CreateBatch(settings.Get(Batch));
        source.Fill(batch, random.Split("first step"));
        return new FirstStepProbe(context.Tape, job.Learning.Net, batch, random.Split("weights"), context.Cancellation).Measure(settings.Get(UpdateRate));
    }

    private static MarkovSource Source(SettingValues settings, PlacementJob job) => new(
        job.Learning.Net.Kind, settings.Get(Vocabulary), settings.Get(Length), settings.Get(Temperature), (ulong)job.Learning.Seed);

    private static LocalizedText Say(PlacementJob job, FirstStep step)
    {
        string moved = step.Adam.ToString("G3", CultureInfo.InvariantCulture);
        return new LocalizedText(
            $"{job.Arrangement.Name}, {job.Depth} layers, seed {job.Learning.Seed}: one step of Adam moves the logits by {moved}",
            $"{job.Arrangement.Name}、{job.Depth} 層、シード {job.Learning.Seed}: Adam の 1 ステップでロジットが {moved} 動く");
    }

    private static List<PlacementJob> Plan(SettingValues settings)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        int depth = settings.Get(Depth);
        IReadOnlyList<Arrangement> arrangements = Arrangement.Combine(settings.Get(Residual), settings.Get(Norm));
        int[] depths = [.. settings.Get(Depths).Append(depth).Distinct().OrderDescending()];
        var cold = new ShortTraining { Steps = settings.Get(Steps), Batch = settings.Get(Batch), LearningRate = settings.Get(LearningRate) };
        ShortTraining warm = cold with { WarmUp = settings.Get(WarmUp) };
        var jobs = new List<PlacementJob>();
        for (int i = 0; i < settings.Get(Seeds); i++)
        {
            long seed = settings.Get(Seed) + (long)i;
            foreach (Arrangement arrangement in arrangements)
            {
                string name = arrangement.Name;
                jobs.Add(new PlacementJob(arrangement, depth, new LearningJob(name, Net(settings, arrangement, depth), cold, seed), PlacementKind.Cold));
                if (warm.WarmUp > 0)
                {
                    jobs.Add(new PlacementJob(arrangement, depth, new LearningJob($"{name} + warm-up", Net(settings, arrangement, depth), warm, seed), PlacementKind.WarmedUp));
                }
            }

            jobs.AddRange(
                from d in depths
                from arrangement in arrangements
                select new PlacementJob(arrangement, d, new LearningJob(arrangement.Name, Net(settings, arrangement, d), cold, seed), PlacementKind.FirstStep));
        }

        return jobs;
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
