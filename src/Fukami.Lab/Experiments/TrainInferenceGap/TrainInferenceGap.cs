using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Does a trained net say the same in training mode and in inference mode? The same input in both, by batch size, for each normalization.
/// Derived in docs/experiments/train-inference-gap.md.
/// </summary>
internal sealed class TrainInferenceGap : Experiment
{
    private static readonly ChoicesSetting Norm = NormalizedNets.Norms("batch", "power", "layer", "rms", "dyt");

    private static readonly ChoiceSetting Residual = NormalizedNets.Residual("pre");

    private static readonly IntegersSetting Batches = new(
        "batches", [1, 2, 4, 8, 16, 32, 64], 1, 1024, new("Sizes of the batch at which the two modes are compared, in sentences.", "2 つのモードを比べるバッチの大きさ（文の数）。"));

    private static readonly IntegerSetting Batch = new("batch", 16, 1, 1024, new("Sentences of a training step.", "学習 1 ステップの文の数。"));

    private static readonly IntegerSetting Settle = new(
        "settle", 50, 0, 10_000, new("Passes that change no weight, for the running statistics to come to rest.", "移動平均が落ち着くまで、重みを変えずに行うパスの数。"));

    private static readonly IntegerSetting Depth = NetSettings.Depth(2, 100);

    private static readonly IntegerSetting Width = NetSettings.Width(32, 1024);

    private static readonly IntegerSetting Heads = NetSettings.Heads(4);

    private static readonly IntegerSetting Length = NetSettings.Length(8, 512);

    private static readonly IntegerSetting Vocabulary = NetSettings.Vocabulary(32, 1000);

    private static readonly IntegerSetting Steps = NetSettings.Steps(60);

    private static readonly RealSetting LearningRate = NetSettings.LearningRate(0.01);

    private static readonly IntegerSetting Seeds = NetSettings.Seeds();

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "train-inference-gap";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new(
        "Does a trained net give the same output in training mode and in inference mode?", "学習済みのネットは、学習モードと推論モードで同じ出力を返すでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => GapClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Norm, Residual, Batches, Batch, Settle, Depth, Width, Heads, Length, Vocabulary, Steps, LearningRate, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("forgotten-switch", new("A single sentence, and nobody switched to inference mode.", "1 文だけを入力し、推論モードへの切り替えを忘れた場合。"), "norm=batch,layer", "batches=1,2"),
        new Preset("fast-change", new("Large steps: the running statistics lag behind the weights.", "大きな学習率では、移動平均が重みの変化に遅れます。"), "norm=batch,power", "learning_rate=0.03"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(job => Operations(settings, job));

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Plan(settings).Max(job => Bytes(settings, job));

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<GapJob> jobs = Plan(settings);
        var draws = new SeedDraws(settings.Get(Seed));
        return Trials.Run([.. jobs.Select(job => TrialOf(settings, job, draws))], Report, progress, cancellation);

        Report Report(GapFinding?[] found) => new GapResult(jobs, found)
        {
            Norms = settings.Get(Norm),
            Sizes = settings.Get(Batches),
            Trained = settings.Get(Batch),
            Settles = settings.Get(Settle) > 0,
        }.Report(this, settings);
    }

    private static List<GapJob> Plan(SettingValues settings)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        return [.. Enumerable.Range(0, settings.Get(Seeds)).SelectMany(seed => settings.Get(Norm).Select(norm => new GapJob(seed, norm)))];
    }

    private static TransformerSettings Net(SettingValues settings, string norm) => (StandardNet.Base with
    {
        Vocabulary = settings.Get(Vocabulary),
        Length = settings.Get(Length),
        Depth = settings.Get(Depth),
        Width = settings.Get(Width),
        Heads = settings.Get(Heads),
        Residual = settings.Get(Residual),
        Norm = norm,
    }).Validate();

    private static int Examples(SettingValues settings) => Math.Max(128, settings.Get(Batches)[^1]);

    private static double Operations(SettingValues settings, GapJob job)
    {
        TransformerSettings net = Net(settings, job.Norm);
        double settle = settings.Get(Settle) * NetOperations.Forward(net, settings.Get(Batch));
        double compare = 4.0 * settings.Get(Batches).Count * NetOperations.Forward(net, Examples(settings));
        return NetOperations.Training(net, settings.Get(Batch), settings.Get(Steps)) + settle + compare;
    }

    private static double Bytes(SettingValues settings, GapJob job) =>
        MemoryBudget.OfNet(Net(settings, job.Norm), Math.Max(settings.Get(Batch), settings.Get(Batches)[^1]), copies: 4);

    private static Trial<GapFinding> TrialOf(SettingValues settings, GapJob job, SeedDraws draws) => new(
        Operations(settings, job),
        Bytes(settings, job),
        context => Measure(context, settings, job, draws),
        found => new LocalizedText(
            $"{job.Norm}, seed {job.Seed + 1}: in a batch of {settings.Get(Batches)[0]}, training mode moves the logits by {Short(found.Logits[0])} of their size",
            $"{job.Norm}、シード {job.Seed + 1}: {settings.Get(Batches)[0]} 文のバッチでは、学習モードのロジットが大きさの {Short(found.Logits[0])} 倍ずれる"));

    private static GapFinding Measure(TrialContext context, SettingValues settings, GapJob job, SeedDraws draws)
    {
        IReadOnlyList<int> sizes = settings.Get(Batches);
        Transformer model = Transformer.Blank(Net(settings, job.Norm));
        draws.Initialize(model, job.Seed);
        var source = new MarkovSource("decoder", settings.Get(Vocabulary), settings.Get(Length), seed: (ulong)(settings.Get(Seed) + job.Seed));
        var training = new ShortTraining { Steps = settings.Get(Steps), Batch = settings.Get(Batch), LearningRate = settings.Get(LearningRate) };
        training.Train(context.Tape, model, source, draws.Random(job.Seed).Split("examples"), context.Cancellation, (step, loss) => context.Tell(0.8 * step / training.Steps, new LocalizedText(
            $"{job.Norm}, seed {job.Seed + 1}: loss {Short(loss)} after {step} steps",
            $"{job.Norm}、シード {job.Seed + 1}: {step} ステップ後の損失 {Short(loss)}")));

        var probe = new GapProbe(context.Tape, model, source, Examples(settings), context.Cancellation);
        double[] before = [.. sizes.Select(size => probe.At(size).Logits)];
        probe.Settle(settings.Get(Settle), settings.Get(Batch), draws.Random(job.Seed).Split("settle"));
        var after = sizes.Select(probe.At).ToArray();
        return new GapFinding(before, [.. after.Select(a => a.Logits)], [.. after.Select(a => a.Loss)]);
    }

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
