using System.Diagnostics;
using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// How large is the gradient that reaches each layer? One backward pass through fresh nets of each arrangement (or through a trained model),
/// read off at every layer, and the last layer's gradient over depth. Derived in docs/experiments/gradient-flow.md.
/// </summary>
public sealed partial class GradientFlow : Experiment
{
    private static readonly ChoicesSetting Residual = new(
        "residual", ["none", "plain", "pre", "post", "deepnorm"], [.. ResidualConnections.All.Select(c => c.Name)],
        new("Arrangements of skip paths and normalizations to compare.", "比べるスキップ経路と正規化の配置。"));

    private static readonly ChoicesSetting Norm = new(
        "norm", ["layer"], [.. Normalizations.All.Select(c => c.Name)],
        new("Normalizations; every arrangement is measured with each.", "正規化。すべての配置をそれぞれの正規化で測ります。"));

    private static readonly IntegerSetting Depth = new("depth", 12, 1, 1000, new("Layers.", "層の数。"));

    private static readonly IntegersSetting Depths = new(
        "depths", [2, 4, 8, 16, 32], 1, 1000,
        new("Depths over which the last layer's gradient is compared.", "最後の層の勾配を比べる深さ。"));

    private static readonly IntegerSetting Width = new("width", 64, 1, 8192, new("Features of a position.", "1 位置あたりの特徴の数。"));

    private static readonly IntegerSetting Heads = new("heads", 4, 1, 256, new("Attention heads; a divisor of the width.", "アテンションヘッドの数。width の約数。"));

    private static readonly IntegerSetting Length = new("length", 32, 1, 8192, new("Tokens of a sentence.", "1 文のトークン数。"));

    private static readonly IntegerSetting Batch = new("batch", 1, 1, 1024, new("Sentences.", "文の数。"));

    private static readonly IntegerSetting Vocabulary = new("vocabulary", 1000, 2, 1_000_000, new("Different tokens.", "トークンの種類数。"));

    private static readonly ChoiceSetting Kind = new(
        "kind", "decoder", ["decoder", "encoder"], new("Decoder: a position sees those before it; encoder: it sees all.", "decoder では各位置は前の位置だけを、encoder ではすべてを見ます。"));

    private static readonly ChoiceSetting Activation = new(
        "activation", "relu", [.. Activations.All.Select(c => c.Name)], new("The feed-forward's activation.", "フィードフォワードの活性化関数。"));

    private static readonly ChoiceSetting Initialization = new(
        "initialization", "xavier", [.. InitializationSchemes.All.Select(c => c.Name)], new("How weights begin.", "重みの初期化方法。"));

    private static readonly ChoiceSetting Positions = new(
        "positions", "none", [.. PositionEncodings.All.Select(c => c.Name)], new("How a token knows its position.", "位置の与え方。"));

    private static readonly IntegerSetting Seeds = new("seeds", 5, 1, 1000, new("Independent nets of each arrangement.", "配置ごとの独立したネットの数。"));

    private static readonly IntegerSetting Seed = new("seed", 1, 0, int.MaxValue, new("The first seed.", "最初のシード。"));

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
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default) =>
        settings.Get(Model).Length > 0
            ? RunModel(settings, progress, cancellation)
            : RunFresh(settings, progress, cancellation);

    private static TransformerSettings Net(SettingValues settings, Arrangement arrangement, int depth)
    {
        if (settings.Get(Width) % settings.Get(Heads) != 0)
        {
            throw new SettingException(new LocalizedText(
                $"width {settings.Get(Width)} is not a multiple of heads {settings.Get(Heads)}; every head takes the same share of the width.",
                $"width {settings.Get(Width)} が heads {settings.Get(Heads)} の倍数になっていません。各ヘッドは width を等分します。"));
        }

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

    private Report RunFresh(SettingValues settings, IProgress<ExperimentProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        List<GradientFlowJob> jobs = Plan(settings);
        var profiles = new GradientProfile?[jobs.Count];
        var lastLayers = new double?[jobs.Count];
        double all = jobs.Sum(j => j.Operations), done = 0;
        var gate = new Lock();
        var nets = new FreshNets(new SeedDraws(settings.Get(Seed)));

        // small nets side by side, each on one thread; a large one after the other, on all threads
        ThreadTeam team = ThreadTeam.Shared;
        bool sideBySide = jobs.Max(j => j.Operations) < 4e9;
        CheckMemory(jobs.Max(j => j.Bytes) * (sideBySide ? team.Threads : 1));
        WorkQueue.Run(jobs.Count, sideBySide ? team.Threads : 1, NewWorker, cancellation);
        if (Array.TrueForAll(profiles, p => p is null))
        {
            throw new OperationCanceledException(cancellation);
        }

        var result = new GradientFlowResult(jobs, profiles, lastLayers);
        return result.Report(this, settings, fresh: true, watch.Elapsed.TotalSeconds, cancellation.IsCancellationRequested);

        Action<int> NewWorker()
        {
            var tape = new Tape(sideBySide ? new ThreadTeam(1) : team);
            return i =>
            {
                GradientFlowJob job = jobs[i];
                Transformer model = nets.Take(job);
                var probe = new GradientProbe(tape, model, nets.Text(job), training: true);
                LocalizedText found;
                if (job.Profile)
                {
                    profiles[i] = probe.Profile();
                    string ratio = Short(profiles[i]!.FirstOverLast);
                    found = new LocalizedText(
                        $"{job.Arrangement.Name}, seed {job.Seed + 1}: the first layer's gradient is {ratio} times the last one's",
                        $"{job.Arrangement.Name}、シード {job.Seed + 1}: 最初の層の勾配は最後の層の {ratio} 倍");
                }
                else
                {
                    lastLayers[i] = probe.LastLayerWeight();
                    string norm = Short(lastLayers[i]!.Value);
                    found = new LocalizedText(
                        $"{job.Arrangement.Name}, seed {job.Seed + 1}: the last of {job.Net.Depth} layers has weight gradient {norm}",
                        $"{job.Arrangement.Name}、シード {job.Seed + 1}: {job.Net.Depth} 層目（最後）の重みの勾配は {norm}");
                }

                nets.GiveBack(model);
                lock (gate)
                {
                    done += job.Operations;
                    progress?.Report(new ExperimentProgress(done / all, found));
                }
            };
        }
    }

    private static void CheckMemory(double bytes)
    {
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
        {
            string needed = string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"), there = string.Create(CultureInfo.InvariantCulture, $"{available / 1e9:0.#} GB");
            throw new SettingException(new LocalizedText(
                $"This needs about {needed} of memory and the machine has {there}; choose a smaller depth, width, length or batch.",
                $"約 {needed} のメモリが必要ですが、このマシンには {there} しかありません。depth、width、length、batch のいずれかを小さくしてください。"));
        }
    }

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
