using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Why can an RNN not be deep? The gradient by depth and by distance in time, in fresh stacks of Elman, LSTM and GRU layers and in a Transformer,
/// beside what mean-field theory predicts. Derived in docs/experiments/rnn-depth.md.
/// </summary>
internal sealed class RnnDepth : Experiment
{
    private static readonly ChoicesSetting Nets = new(
        "nets", ["elman", "lstm", "gru", "residual-elman", "transformer"], RnnDepthNet.Names,
        new("Nets to compare; residual-: with a skip path past every recurrent layer.", "比べるネット。residual- は各再帰層にスキップ経路を加えたもの。"));

    private static readonly ChoiceSetting Residual = NetSettings.Residual("pre");

    private static readonly ChoiceSetting Norm = NetSettings.Norm("layer");

    private static readonly IntegerSetting Depth = NetSettings.Depth(12, maximum: 200);

    private static readonly IntegerSetting Width = NetSettings.Width(64, maximum: 1024);

    private static readonly IntegerSetting Heads = NetSettings.Heads(4);

    private static readonly IntegerSetting Length = NetSettings.Length(32, maximum: 512);

    private static readonly IntegerSetting Batch = NetSettings.Batch(4, maximum: 64);

    private static readonly IntegerSetting Vocabulary = NetSettings.Vocabulary(200, maximum: 100_000);

    private static readonly RealSetting InputScale = new(
        "input_scale", 1, 1e-6, 100, new("Recurrent nets: deviation of the embeddings.", "再帰ネットの埋め込みの標準偏差。"));

    private static readonly RealSetting InputGain = new(
        "input_gain", 0.577, 0.01, 100, new("Recurrent nets: g of the weights over depth, N(0, g²/width); 1/√3 as PyTorch begins.", "再帰ネットの深さ方向の重み N(0, g²/width) の g。1/√3 は PyTorch の初期値に相当。"));

    private static readonly RealSetting RecurrentGain = new(
        "recurrent_gain", 0.577, 0.01, 100, new("Recurrent nets: g of the weights over time, N(0, g²/width); 1/√3 as PyTorch begins.", "再帰ネットの時間方向の重み N(0, g²/width) の g。1/√3 は PyTorch の初期値に相当。"));

    private static readonly RealSetting ForgetBias = new(
        "forget_bias", 1, -10, 10, new("LSTM: what the forget gate's bias begins at.", "LSTM の忘却ゲートのバイアスの初期値。"));

    private static readonly IntegerSetting Seeds = NetSettings.Seeds();

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    private static readonly double[] Gains = [0.25, 0.5, 0.75, 1, 1.5, 2, 3];

    /// <inheritdoc/>
    public override string Id => "rnn-depth";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("Why can an RNN not be deep?", "RNN はなぜ深くできないのでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => RnnDepthClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Nets, Residual, Norm, Depth, Width, Heads, Length, Batch, Vocabulary, InputScale, InputGain, RecurrentGain, ForgetBias, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("gates", new("“An LSTM cures the vanishing gradient.” Over time it can; over depth it does not.", "「LSTM は勾配消失を解決する」— 時間方向では可能でも、深さ方向では解決しません。"), "nets=elman,lstm,gru", "forget_bias=3") { IsPopularClaim = true },
        new Preset("gain-one", new("“An RNN cannot be deep because the gradient vanishes from layer to layer.” With weights of gain one it does not; over time it still does.", "「RNN を深くできないのは勾配が層ごとに消えるから」— ゲイン 1 の重みなら層方向には消えず、それでも時間方向には消えます。"), "nets=elman,lstm,gru", "input_gain=1", "recurrent_gain=1") { IsPopularClaim = true },
        new Preset("residual", new("A skip path past every recurrent layer: what it cures, and what it cannot.", "各再帰層にスキップ経路を加えると、何が解決し、何が解決しないか。"), "nets=elman,residual-elman,residual-lstm,transformer"),
        new Preset("small-signals", new("Signals so small that tanh is a straight line: the factor is the gain.", "tanh が直線に見えるほど小さな信号では、倍率はゲインそのものになります。"), "nets=elman", "input_scale=0.001", "input_gain=1", "recurrent_gain=0.8"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(job => job.Net.Operations(settings.Get(Batch)));

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Plan(settings).Max(job => job.Net.Bytes(settings.Get(Batch)));

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<RnnDepthJob> jobs = Plan(settings);
        return Trials.Run(
            [.. jobs.Select(job => TrialOf(job, settings))], found => RnnDepthResult.Report(this, settings, jobs, found), progress, cancellation);
    }

    private static List<RnnDepthJob> Plan(SettingValues settings)
    {
        RnnDepthNet[] nets = [.. settings.Get(Nets).Select(name => NetOf(name, settings))];
        RnnDepthNet[] sweep = [];
        if (settings.Get(Nets).Contains("elman", StringComparer.Ordinal) && settings.Get(Length) > 2)
        {
            RecurrentSettings one = RecurrentOf("elman", settings) with { Depth = 1 };
            sweep = [.. Gains.Select(g => new RnnDepthNet(string.Create(CultureInfo.InvariantCulture, $"elman, recurrent gain {g}"), one with { RecurrentGain = g }, null))];
        }

        var jobs = new List<RnnDepthJob>();
        for (int seed = 0; seed < settings.Get(Seeds); seed++)
        {
            jobs.AddRange(nets.Select(net => new RnnDepthJob(net, seed, IsOfSweep: false)));
            jobs.AddRange(sweep.Select(net => new RnnDepthJob(net, seed, IsOfSweep: true)));
        }

        return jobs;
    }

    private static RnnDepthNet NetOf(string name, SettingValues settings)
    {
        if (name is not "transformer")
        {
            return new RnnDepthNet(name, RecurrentOf(name, settings), null);
        }

        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        return new RnnDepthNet(name, null, (StandardNet.Base with
        {
            Vocabulary = settings.Get(Vocabulary),
            Length = settings.Get(Length),
            Depth = settings.Get(Depth),
            Width = settings.Get(Width),
            Heads = settings.Get(Heads),
            Residual = settings.Get(Residual),
            Norm = settings.Get(Norm),
        }).Validate());
    }

    private static RecurrentSettings RecurrentOf(string name, SettingValues settings) => new()
    {
        Cell = name.Replace("residual-", "", StringComparison.Ordinal),
        HasSkip = name.StartsWith("residual-", StringComparison.Ordinal),
        Depth = settings.Get(Depth),
        Width = settings.Get(Width),
        Length = settings.Get(Length),
        Vocabulary = settings.Get(Vocabulary),
        InputScale = settings.Get(InputScale),
        InputGain = settings.Get(InputGain),
        RecurrentGain = settings.Get(RecurrentGain),
        ForgetBias = settings.Get(ForgetBias),
    };

    private static Trial<RnnDepthFinding> TrialOf(RnnDepthJob job, SettingValues settings)
    {
        int batch = settings.Get(Batch);
        return new Trial<RnnDepthFinding>(job.Net.Operations(batch), job.Net.Bytes(batch), context => Measure(job, settings, context), found => Say(job, found));
    }

    private static RnnDepthFinding Measure(RnnDepthJob job, SettingValues settings, TrialContext context)
    {
        var random = new RandomSource((ulong)((long)settings.Get(Seed) + job.Seed));
        TokenBatch text = RandomText.Of(settings.Get(Batch), job.Net.Length, settings.Get(Vocabulary), random.Split("text"));
        if (job.Net.Transformer is { } transformer)
        {
            return RnnDepthProbe.Measure(context.Tape, Transformer.Init(transformer, random.Split("weights")), text, context.Cancellation);
        }

        var net = new RecurrentNet(job.Net.Recurrent!);
        net.Initialize(random.Split("recurrent weights"));
        return RnnDepthProbe.Measure(context.Tape, net, text, context.Cancellation);
    }

    private static LocalizedText Say(RnnDepthJob job, RnnDepthFinding found)
    {
        string layer = found.FactorPerLayer.ToString("G3", CultureInfo.InvariantCulture), step = found.FactorPerStep.ToString("G3", CultureInfo.InvariantCulture);
        return new LocalizedText(
            $"{job.Net.Name}, seed {job.Seed + 1}: the gradient changes by {layer} a layer and {step} a time step",
            $"{job.Net.Name}、シード {job.Seed + 1}: 勾配は 1 層で {layer} 倍、1 ステップで {step} 倍");
    }
}
