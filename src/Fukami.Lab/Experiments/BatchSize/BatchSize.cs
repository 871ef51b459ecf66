using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// What does the size of the batch do to a net? The statistics that batch normalization takes from it, a sentence's output among others,
/// and what a training at each size comes to. Derived in docs/experiments/batch-size.md.
/// </summary>
internal sealed class BatchSize : Experiment
{
    /// <summary>Held-out examples of which the loss is taken.</summary>
    private const int Examples = 512;

    private static readonly ChoicesSetting Norm = NormalizedNets.Norms("batch", "layer");

    private static readonly ChoiceSetting Residual = NormalizedNets.Residual("pre");

    private static readonly IntegersSetting Batches = new(
        "batches", [1, 2, 4, 8, 16, 32, 64], 1, 1024, new("Sizes of the batch, in sentences.", "比べるバッチの大きさ（文の数）。"));

    private static readonly IntegerSetting Compare = new(
        "compare", 32, 1, 1024, new("The batch at which the normalizations' losses are held against each other; one of batches.", "正規化どうしの損失を比べるバッチの大きさ。batches のいずれか。"));

    private static readonly IntegerSetting Draws = new(
        "draws", 32, 2, 1000, new("Batches of each size from which the statistics are taken.", "統計を調べるために各サイズで引くバッチの数。"));

    private static readonly RealSetting Epsilon = new("epsilon", 1e-5, 1e-12, 1, new("ε of the normalizations.", "正規化の ε。"));

    private static readonly IntegerSetting Depth = NetSettings.Depth(1, 100);

    private static readonly IntegerSetting Width = NetSettings.Width(32, 1024);

    private static readonly IntegerSetting Heads = NetSettings.Heads(4);

    private static readonly IntegerSetting Length = NetSettings.Length(8, 512);

    private static readonly IntegerSetting Vocabulary = NetSettings.Vocabulary(16, 1000);

    private static readonly IntegerSetting Steps = NetSettings.Steps(100);

    private static readonly RealSetting LearningRate = NetSettings.LearningRate(0.01);

    private static readonly IntegerSetting Seeds = NetSettings.Seeds();

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "batch-size";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new(
        "What does the size of the batch do to a net that normalizes over it?", "バッチの上で正規化するネットは、バッチの大きさからどんな影響を受けるでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => BatchSizeClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Norm, Residual, Batches, Compare, Draws, Epsilon, Depth, Width, Heads, Length, Vocabulary, Steps, LearningRate, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("simply-worse", new("“Batch normalization is simply worse for text.”", "「バッチ正規化はテキストでは単純に劣る」"), "norm=batch,layer", "batches=32", "compare=32") { IsPopularClaim = true },
        new Preset("one-token", new("Sentences of one token: in a batch of one, batch normalization sees nothing and learns nothing.", "1 トークンの文。バッチが 1 文なら、バッチ正規化のネットには何も見えず、何も学べません。"), "length=1", "batches=1,2,4,8,16,32,64"),
        new Preset("large-epsilon", new("ε = 0.1: what it hides in a batch of two.", "ε = 0.1 のとき、2 文のバッチで隠れるもの。"), "epsilon=0.1", "batches=2,4,8", "compare=8"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(job => Operations(settings, job));

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Plan(settings).Max(job => Bytes(settings, job));

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<BatchSizeJob> jobs = Plan(settings);
        var draws = new SeedDraws(settings.Get(Seed));
        return Trials.Run([.. jobs.Select(job => TrialOf(settings, job, draws))], Report, progress, cancellation);

        Report Report(BatchSizeFinding?[] found) => new BatchSizeResult(jobs, found)
        {
            Norms = settings.Get(Norm),
            Sizes = settings.Get(Batches),
            Compare = settings.Get(Compare),
            Length = settings.Get(Length),
            Epsilon = settings.Get(Epsilon),
            Vocabulary = settings.Get(Vocabulary),
            Entropy = seed => Source(settings, seed).Chain.EntropyRate,
        }.Report(this, settings);
    }

    private static List<BatchSizeJob> Plan(SettingValues settings)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        IReadOnlyList<int> sizes = settings.Get(Batches);
        if (!sizes.Contains(settings.Get(Compare)))
        {
            throw new SettingException(new LocalizedText(
                $"compare={settings.Text(Compare.Name)} is not one of batches={settings.Text(Batches.Name)}; compare at a batch that is trained.",
                $"compare={settings.Text(Compare.Name)} が batches={settings.Text(Batches.Name)} に含まれていません。学習するバッチの大きさを指定してください。"));
        }

        var jobs = new List<BatchSizeJob>();
        for (int seed = 0; seed < settings.Get(Seeds); seed++)
        {
            jobs.Add(new BatchSizeJob(seed, null, 0));
            jobs.AddRange(settings.Get(Norm).Select(norm => new BatchSizeJob(seed, norm, 0)));

            // the largest first: the last job of a run should be a short one
            jobs.AddRange(sizes.Reverse().SelectMany(size => settings.Get(Norm).Select(norm => new BatchSizeJob(seed, norm, size))));
        }

        return jobs;
    }

    private static TransformerSettings Net(SettingValues settings, BatchSizeJob job) => job.Norm is null
        ? StatisticsProbe.Net(settings.Get(Width), settings.Get(Heads), settings.Get(Epsilon), settings.Get(Batches)[^1], settings.Get(Draws))
        : (StandardNet.Base with
        {
            Vocabulary = settings.Get(Vocabulary),
            Length = settings.Get(Length),
            Depth = settings.Get(Depth),
            Width = settings.Get(Width),
            Heads = settings.Get(Heads),
            Residual = settings.Get(Residual),
            Norm = job.Norm,
            Epsilon = (float)settings.Get(Epsilon),
        }).Validate();

    private static ShortTraining Training(SettingValues settings, BatchSizeJob job) =>
        new() { Steps = settings.Get(Steps), Batch = job.Size, LearningRate = settings.Get(LearningRate) };

    private static MarkovSource Source(SettingValues settings, int seed) =>
        new("decoder", settings.Get(Vocabulary), settings.Get(Length), seed: (ulong)(settings.Get(Seed) + seed));

    private static double Operations(SettingValues settings, BatchSizeJob job)
    {
        TransformerSettings net = Net(settings, job);
        int total = settings.Get(Batches).Sum();
        return job switch
        {
            { Norm: null } => NetOperations.Forward(net, (total + 5) * settings.Get(Draws)),
            { Size: 0 } => NetOperations.Forward(net, total + 1),
            _ => NetOperations.Training(net, job.Size, settings.Get(Steps)) + NetOperations.Forward(net, Examples),
        };
    }

    private static double Bytes(SettingValues settings, BatchSizeJob job) =>
        MemoryBudget.OfNet(Net(settings, job), Math.Max(Math.Max(job.Size, Examples), settings.Get(Batches)[^1]), copies: job.Size > 0 ? 4 : 1);

    private static Trial<BatchSizeFinding> TrialOf(SettingValues settings, BatchSizeJob job, SeedDraws draws) => new(
        Operations(settings, job),
        Bytes(settings, job),
        context => job switch
        {
            { Norm: null } => new BatchSizeFinding(
                new StatisticsProbe(context.Tape, Net(settings, job), draws.Random(job.Seed).Split("statistics"), settings.Get(Draws), context.Cancellation).Measure(settings.Get(Batches)), null, null),
            { Size: 0 } => new BatchSizeFinding(null, Changes(context, settings, job, draws), null),
            _ => new BatchSizeFinding(null, null, TrainedLoss(context, settings, job, draws)),
        },
        found => Say(job, found));

    // a fresh net's logits of one sentence beside others, against those of the sentence alone
    private static double[] Changes(TrialContext context, SettingValues settings, BatchSizeJob job, SeedDraws draws)
    {
        TransformerSettings net = Net(settings, job);
        Transformer model = Transformer.Blank(net);
        draws.Initialize(model, job.Seed);
        var statistics = new RunningStatistics(model);
        TokenBatch all = RandomText.Of(settings.Get(Batches)[^1], net.Length, net.Vocabulary, draws.Random(job.Seed).Split("text"));
        float[] alone = Logits(1);
        return [.. settings.Get(Batches).Select(size => Change.Relative(Logits(size), alone))];

        float[] Logits(int size)
        {
            var batch = new TokenBatch(size, net.Length);
            all.Ids.AsSpan(0, batch.Ids.Length).CopyTo(batch.Ids);
            context.Cancellation.ThrowIfCancellationRequested();
            context.Tape.Begin(training: true);
            float[] logits = model.Forward(context.Tape, batch).Values[..(net.Length * net.Vocabulary)].ToArray(); // (length, vocabulary)
            statistics.Restore();
            return logits;
        }
    }

    private static double TrainedLoss(TrialContext context, SettingValues settings, BatchSizeJob job, SeedDraws draws)
    {
        Transformer model = Transformer.Blank(Net(settings, job));
        draws.Initialize(model, job.Seed);
        MarkovSource source = Source(settings, job.Seed);
        ShortTraining training = Training(settings, job);
        training.Train(context.Tape, model, source, draws.Random(job.Seed).Split("examples"), context.Cancellation, (step, loss) => context.Tell((double)step / training.Steps, Say(job, loss)));
        return ShortTraining.HeldOutLoss(context.Tape, model, source, Examples);
    }

    private static LocalizedText Say(BatchSizeJob job, BatchSizeFinding found)
    {
        int seed = job.Seed + 1;
        if (found.Statistics is { } statistics)
        {
            BatchMoments last = statistics.Moments[^1];
            return new LocalizedText(
                $"seed {seed}: over batches of {last.Size}, the batch mean varies by {Short(last.MeanSpread)} (σ = 1)",
                $"シード {seed}: 大きさ {last.Size} のバッチでは、バッチ平均が {Short(last.MeanSpread)} ほどばらつく（σ = 1）");
        }

        return found.Changes is { } changes
            ? new LocalizedText(
                $"{job.Norm}, seed {seed}: beside others, a sentence's logits move by {Short(changes.Max())} of their size",
                $"{job.Norm}、シード {seed}: ほかの文と並べると、文のロジットが大きさの {Short(changes.Max())} 倍だけ動く")
            : Say(job, found.Loss!.Value);
    }

    private static LocalizedText Say(BatchSizeJob job, double loss) => new(
        $"{job.Norm}, batch {job.Size}, seed {job.Seed + 1}: loss {Short(loss)}",
        $"{job.Norm}、バッチ {job.Size}、シード {job.Seed + 1}: 損失 {Short(loss)}");

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
