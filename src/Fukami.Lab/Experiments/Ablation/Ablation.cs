using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Which part matters most? Each is taken out in turn, the net trained anew on a source that asks for two tokens of memory, and the parts
/// ranked by what is lost, at every depth. Derived in docs/experiments/ablation.md.
/// </summary>
public sealed class Ablation : Experiment
{
    private static readonly ChoiceSetting Residual = NetSettings.Residual("pre");
    private static readonly ChoiceSetting Norm = NetSettings.Norm("layer");

    private static readonly ChoicesSetting Parts = new(
        "parts", [.. Part.All.Select(p => p.Id)], [.. Part.All.Select(p => p.Id)], new("Parts to take out, one at a time.", "一つずつ取り除く部品。"));

    private static readonly IntegersSetting Depths = new(
        "depths", [1, 8], 1, 1000, new("Depths at which the parts are ranked.", "部品の順位を比べる深さ。"));

    private static readonly IntegerSetting Width = NetSettings.Width(32);
    private static readonly IntegerSetting Heads = NetSettings.Heads(4);
    private static readonly IntegerSetting Length = new("length", 12, 2, 8192, new("Tokens of a sentence.", "1 文のトークン数。"));
    private static readonly IntegerSetting Batch = NetSettings.Batch(8);
    private static readonly IntegerSetting Vocabulary = NetSettings.Vocabulary(8, 128);
    private static readonly RealSetting Temperature = NetSettings.Temperature(0.7);

    private static readonly ChoiceSetting Positions = new(
        "positions", "learned", [.. PositionEncodings.All.Select(c => c.Name).Where(n => n is not "none")], new("How a token knows its position.", "位置の与え方。"));

    private static readonly IntegerSetting Steps = NetSettings.Steps(150);
    private static readonly RealSetting LearningRate = NetSettings.LearningRate(3e-3);
    private static readonly IntegerSetting WarmUp = NetSettings.WarmUp(0);
    private static readonly IntegerSetting Seeds = NetSettings.Seeds(4);
    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "ablation";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("Which part of a Transformer matters most?", "Transformer で最も重要な部品はどれでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => AblationClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Residual, Norm, Parts, Depths, Width, Heads, Length, Batch, Vocabulary, Temperature, Positions, Steps, LearningRate, WarmUp, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("deep", new("A deep net: without its skip path nothing is learned.", "深いネット。スキップ経路を外すと何も学習できません。"), "depths=24", "parts=skip,norm,attention,feed-forward"),
        new Preset("by-depth", new("How the ranking changes from one layer to eight.", "1 層から 8 層へ、順位がどう変わるか。"), "depths=1,2,4,8"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(job => TrialOf(settings, job).Operations);

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Plan(settings).Max(job => TrialOf(settings, job).Bytes);

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<AblationJob> jobs = Plan(settings);
        return Trials.Run(
            [.. jobs.Select(job => TrialOf(settings, job))],
            found => new AblationResult(jobs, found, settings.Get(Depths), job => LastTokenShare(settings, job)).Report(this, settings),
            progress,
            cancellation);
    }

    private static Trial<LearningFinding> TrialOf(SettingValues settings, AblationJob job) => job.Learning.On(
        () =>
        {
            SecondOrderChain chain = ChainOf(settings, job.Learning.Seed);
            return (new SecondOrderSource(chain, settings.Get(Length), (ulong)job.Learning.Seed), new LearnedShare(chain.Unigram, chain.EntropyRate));
        },
        tape => job.Part.Silence(tape, job.Depth));

    // what a net that knew all about the last token, and nothing of the one before, would have scored on the same held-out text
    private static double LastTokenShare(SettingValues settings, LearningJob job)
    {
        SecondOrderChain chain = ChainOf(settings, job.Seed);
        var source = new SecondOrderSource(chain, settings.Get(Length), (ulong)job.Seed);
        TokenBatch text = source.CreateBatch(Math.Min(job.HeldOut, source.ValidationExamples));
        source.FillValidation(text, 0);
        return new LearnedShare(chain.Unigram, chain.EntropyRate).Of(chain.LossFromLastToken(text));
    }

    private static SecondOrderChain ChainOf(SettingValues settings, long seed) =>
        new(settings.Get(Vocabulary), settings.Get(Temperature), new RandomSource((ulong)seed).Split("chain"));

    private static List<AblationJob> Plan(SettingValues settings)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        NetSettings.CheckHasBoth([settings.Get(Residual)], settings.Get(Norm));
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
            from part in (IEnumerable<Part>)[Part.Whole, .. settings.Get(Parts).Select(Part.Find)]
            select new AblationJob(part, depth, new LearningJob(
                part == Part.Whole ? part.Id : $"without {part.Id}", part.Remove(Net(settings, depth)), training, settings.Get(Seed) + (long)seed))];
    }

    private static TransformerSettings Net(SettingValues settings, int depth) => new TransformerSettings
    {
        Vocabulary = settings.Get(Vocabulary),
        Length = settings.Get(Length),
        Depth = depth,
        Width = settings.Get(Width),
        Heads = settings.Get(Heads),
        Residual = settings.Get(Residual),
        Norm = settings.Get(Norm),
        Activation = "relu",
        Initialization = "xavier",
        Positions = settings.Get(Positions),
        Bias = false,
    }.Validate();
}
