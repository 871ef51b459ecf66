using System.Diagnostics;
using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What a net costs: memory for weights, optimizer and activations, time a token by batch and length, and a single sentence in real time. Derived in docs/experiments/memory-and-speed.md.</summary>
internal sealed class MemoryAndSpeed : Experiment
{
    private static readonly ChoiceSetting Residual = NetSettings.Residual("pre");

    private static readonly ChoiceSetting Norm = NetSettings.Norm("layer");

    private static readonly IntegerSetting Depth = NetSettings.Depth(4);

    private static readonly IntegerSetting Width = NetSettings.Width(128);

    private static readonly IntegerSetting Heads = NetSettings.Heads(4);

    private static readonly IntegerSetting Vocabulary = NetSettings.Vocabulary(256);

    private static readonly IntegersSetting Batches = new(
        "batches", [1, 2, 4, 8, 16], 1, 1024, new("Sentences of a batch, to compare.", "比べるバッチサイズ（文の数）。"));

    private static readonly IntegersSetting Lengths = new(
        "lengths", [32, 64, 128, 256], 1, 8192, new("Tokens of a sentence, to compare.", "比べる文の長さ（トークン数）。"));

    private static readonly IntegerSetting Seeds = NetSettings.Seeds();

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "memory-and-speed";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("What does a Transformer cost in memory and time?", "Transformer はメモリと時間をどれくらい使うのでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => MemoryAndSpeedClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } = [Residual, Norm, Depth, Width, Heads, Vocabulary, Batches, Lengths, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("long-sentences", new("Where the pattern outgrows everything else: sentences of up to 1024 tokens.", "パターンがほかのすべてを上回る場合: 最大 1024 トークンの文。"), "lengths=64,256,1024", "batches=1,4", "seeds=3"),
        new Preset("wide", new("Where the weights are most of it: width 512.", "重みが大半を占める場合: width 512。"), "width=512", "heads=8", "lengths=32,128", "seeds=3"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings)
    {
        IReadOnlyList<int> lengths = settings.Get(Lengths);
        double byBatch = settings.Get(Batches).Sum(b => NetOperations.Forward(Net(settings) with { Length = lengths[0] }, b)) * 7;
        double byLength = NetOperations.Forward(Net(settings), 1) * (lengths.Count + 2);
        return 2 * (settings.Get(Seeds) + 1) * (byBatch + byLength);
    }

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) =>
        MemoryBudget.OfNet(Net(settings), settings.Get(Batches)[^1], copies: 4);

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        TransformerSettings net = Net(settings);
        MemoryBudget.Check(EstimateBytes(settings));
        var tape = new Tape();
        IReadOnlyList<int> batches = settings.Get(Batches), lengths = settings.Get(Lengths);
        RandomSource random = new RandomSource((ulong)settings.Get(Seed)).Split("weights");
        Transformer model = Transformer.Init(net, random);
        MemoryFinding memory = Memory(tape, model, batches, lengths, cancellation);
        SpeedFinding[] speeds = []; // never changed but replaced, since others may read it
        int rounds = settings.Get(Seeds) + 1;
        Tell(0, new LocalizedText(
            $"{memory.Parameters} weights; training holds {memory.Parameters + memory.Gradients + memory.Optimizer} numbers for them",
            $"重み {memory.Parameters} 個。学習時に保持する数値は {memory.Parameters + memory.Gradients + memory.Optimizer} 個"));
        try
        {
            // the first round takes memory and lets the compiler do its work
            for (int round = 0; round < rounds; round++)
            {
                RandomSource ofRound = new RandomSource((ulong)(settings.Get(Seed) + (long)round)).Split("text");
                SpeedFinding found = new SpeedProbe(tape, model, ofRound, cancellation).Measure(batches, lengths);
                if (round > 0)
                {
                    speeds = [.. speeds, found];
                }

                string token = (1e3 * found.Cached).ToString("0.00", CultureInfo.InvariantCulture);
                Tell((round + 1.0) / rounds, new LocalizedText(
                    $"round {round} of {rounds - 1}: {memory.Parameters} weights, {token} ms a token of a single sentence",
                    $"{rounds - 1} 回中 {round} 回目: 重み {memory.Parameters} 個、単一の文の 1 トークンに {token} ms"));
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // memory was measured, and the rounds that are finished count
        }

        return Describe(running: false);

        void Tell(double done, LocalizedText doing) => progress?.Report(new ExperimentProgress(done, doing) { SoFar = () => Describe(running: true) });

        Report Describe(bool running)
        {
            SpeedFinding[] finished = speeds;
            return new MemoryAndSpeedResult(net, batches, lengths, memory, finished).Report(this, settings)
                .At(watch.Elapsed, isComplete: finished.Length == rounds - 1, running);
        }
    }

    private static TransformerSettings Net(SettingValues settings)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        return new TransformerSettings
        {
            Kind = "decoder",
            Vocabulary = settings.Get(Vocabulary),
            Length = settings.Get(Lengths)[^1],
            Depth = settings.Get(Depth),
            Width = settings.Get(Width),
            Heads = settings.Get(Heads),
            Residual = settings.Get(Residual),
            Norm = settings.Get(Norm),
            Activation = "relu",
            Positions = "none",
            Bias = false,
        }.Validate();
    }

    private static MemoryFinding Memory(Tape tape, Transformer model, IReadOnlyList<int> batches, IReadOnlyList<int> lengths, CancellationToken cancellation)
    {
        var passes = new Dictionary<(int Batch, int Length), long>();
        foreach ((int batch, int length) in MemoryAndSpeedResult.Shapes(batches, lengths))
        {
            cancellation.ThrowIfCancellationRequested();
            tape.Begin(training: true);
            tape.Backward(model.Loss(tape, RandomText.Of(batch, length, model.Settings.Vocabulary, new RandomSource(1))));
            passes.Add((batch, length), tape.PassBytes);
            foreach (Parameter parameter in model.Parameters)
            {
                parameter.ClearGradient();
            }
        }

        var optimizer = new AdamW(model.Parameters, team: tape.Team);
        return new MemoryFinding(
            model.ParameterCount,
            model.Parameters.Sum(p => (long)p.Gradient.Length),
            optimizer.State.Sum(s => s.Shape.Count),
            passes);
    }
}
