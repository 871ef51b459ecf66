using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// What do padding, neighbours and later tokens do to a sentence? Its output alone, padded, beside longer sentences, and its first position's
/// when the last token changes, through fresh nets. Derived in docs/experiments/sequence-length.md.
/// </summary>
internal sealed class SequenceLength : Experiment
{
    private static readonly ChoicesSetting Norm = NormalizedNets.Norms("batch", "layer", "rms", "dyt");

    private static readonly ChoiceSetting Residual = NormalizedNets.Residual("pre");

    private static readonly ChoiceSetting Kind = new(
        "kind", "decoder", ["decoder", "encoder"], new("Decoder: a position sees those before it; encoder: it sees all.", "decoder では各位置は前の位置だけを、encoder ではすべてを見ます。"));

    private static readonly IntegerSetting Length = new("length", 16, 2, 512, new("Tokens of the sentence that is looked at.", "調べる文のトークン数。"));

    private static readonly IntegersSetting Padded = new(
        "padded", [20, 24, 32, 64, 128], 2, 4096, new("Positions to which it is padded; each at least length.", "パディング後の位置の数。いずれも length 以上。"));

    private static readonly IntegersSetting Neighbours = new(
        "neighbours", [1, 3, 7, 15], 1, 1023, new("Sentences beside it, each twice as long.", "一緒に入れる文の数。それぞれ 2 倍の長さです。"));

    private static readonly IntegersSetting Lengths = new(
        "lengths", [4, 8, 16, 32, 64], 3, 4096, new("Lengths at which the last token of a sentence is changed.", "最後のトークンを変えてみる文の長さ。"));

    private static readonly IntegerSetting Texts = new("texts", 8, 1, 1000, new("Sentences of each seed.", "シードごとの文の数。"));

    private static readonly IntegerSetting Depth = NetSettings.Depth(2, 100);

    private static readonly IntegerSetting Width = NetSettings.Width(64, 1024);

    private static readonly IntegerSetting Heads = NetSettings.Heads(4);

    private static readonly IntegerSetting Vocabulary = new("vocabulary", 1024, 16, 100_000, new("Different tokens, padding included.", "パディングを含むトークンの種類数。"));

    private static readonly IntegerSetting Seeds = NetSettings.Seeds();

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "sequence-length";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new(
        "What do padding, neighbours and later tokens do to a sentence?", "パディング、隣の文、後ろのトークンは、1 つの文の出力にどう影響するでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => SequenceLengthClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
        [Norm, Residual, Kind, Length, Padded, Neighbours, Lengths, Texts, Depth, Width, Heads, Vocabulary, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("future-leak", new("A causal mask does not hold batch normalization back: the first position sees the last token.", "因果マスクがあってもバッチ正規化は止まらず、最初の位置から最後のトークンが見えてしまいます。"), "norm=batch,layer", "lengths=4,8,16,32,64,128,256"),
        new Preset("short-and-padded", new("Four words padded to 256 positions, padding counted as most code does.", "4 語の文を 256 位置までパディングし、多くの実装と同じくパディングも数えた場合。"), "norm=batch,layer", "length=4", "padded=8,16,32,64,128,256"),
        new Preset("encoder", new("The same in an encoder, where every position may see all others.", "すべての位置が互いに見える encoder での同じ測定。"), "kind=encoder"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(job => Operations(settings, job));

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Plan(settings).Max(job => Bytes(settings, job));

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<SequenceJob> jobs = Plan(settings);
        var draws = new SeedDraws(settings.Get(Seed));
        return Trials.Run([.. jobs.Select(job => TrialOf(settings, job, draws))], Report, progress, cancellation);

        Report Report(SequenceFinding?[] found) => new SequenceLengthResult(jobs, found)
        {
            Norms = settings.Get(Norm),
            Length = settings.Get(Length),
            Padded = settings.Get(Padded),
            Neighbours = settings.Get(Neighbours),
            Lengths = settings.Get(Lengths),
            IsCausal = settings.Get(Kind) is "decoder",
            FirstReadsEmbedding = NormalizedNets.FirstReadsEmbedding(settings.Get(Residual)),
        }.Report(this, settings);
    }

    private static List<SequenceJob> Plan(SettingValues settings)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        if (settings.Get(Padded)[0] < settings.Get(Length))
        {
            throw new SettingException(new LocalizedText(
                $"padded={settings.Text(Padded.Name)} begins below length={settings.Text(Length.Name)}; a sentence cannot be padded to fewer positions than it has.",
                $"padded={settings.Text(Padded.Name)} に length={settings.Text(Length.Name)} より小さい値があります。文をもとの長さより短くパディングすることはできません。"));
        }

        return [.. Enumerable.Range(0, settings.Get(Seeds)).SelectMany(seed => settings.Get(Norm).Select(norm => new SequenceJob(seed, norm)))];
    }

    private static TransformerSettings Net(SettingValues settings, string norm, string padding) => (StandardNet.Base with
    {
        Kind = settings.Get(Kind),
        Vocabulary = settings.Get(Vocabulary),
        Length = Math.Max(2 * settings.Get(Length), Math.Max(settings.Get(Padded)[^1], settings.Get(Lengths)[^1])),
        Depth = settings.Get(Depth),
        Width = settings.Get(Width),
        Heads = settings.Get(Heads),
        Residual = settings.Get(Residual),
        Norm = norm,
        Padding = padding,
    }).Validate();

    private static double Operations(SettingValues settings, SequenceJob job)
    {
        double padded = settings.Get(Padded).Sum() * (HasStatistics(job.Norm) ? 3.0 : 2.0);
        double beside = 2.0 * settings.Get(Neighbours).Sum(k => (1 + k) * 2 * settings.Get(Length));
        double leak = settings.Get(Lengths).Sum() * 13.0; // two passes each in two modes; gradients of two points, and of one in inference mode
        return settings.Get(Texts) * (padded + beside + leak) * NetOperations.Forward(Net(settings, job.Norm, "respect") with { Length = 1 }, 1);
    }

    private static double Bytes(SettingValues settings, SequenceJob job)
    {
        TransformerSettings net = Net(settings, job.Norm, "respect");
        return Math.Max(MemoryBudget.OfNet(net, 1), MemoryBudget.OfNet(net with { Length = 2 * settings.Get(Length) }, 1 + settings.Get(Neighbours)[^1]));
    }

    private static bool HasStatistics(string norm) => norm is "batch" or "power";

    private static Trial<SequenceFinding> TrialOf(SettingValues settings, SequenceJob job, SeedDraws draws) => new(
        Operations(settings, job),
        Bytes(settings, job),
        context => Measure(context, settings, job, draws),
        found => new LocalizedText(
            $"{job.Norm}, seed {job.Seed + 1}: beside {settings.Get(Neighbours)[^1]} others, the logits move by {Short(found.Beside[^1].Logits)} of their size",
            $"{job.Norm}、シード {job.Seed + 1}: ほかの {settings.Get(Neighbours)[^1]} 文と並べると、ロジットが大きさの {Short(found.Beside[^1].Logits)} 倍だけ動く"));

    private static SequenceFinding Measure(TrialContext context, SettingValues settings, SequenceJob job, SeedDraws draws)
    {
        SequenceProbe respecting = Probe("respect"), ignoring = HasStatistics(job.Norm) ? Probe("ignore") : respecting;
        bool causal = settings.Get(Kind) is "decoder";
        var texts = new List<SequenceFinding>();
        for (int text = 0; text < settings.Get(Texts); text++)
        {
            texts.Add(new SequenceTexts(settings.Get(Length), settings.Get(Vocabulary), draws.Random(job.Seed).Split("texts").Split((ulong)text))
                .Measure(respecting, HasStatistics(job.Norm) ? ignoring : null, settings.Get(Padded), settings.Get(Neighbours), causal ? settings.Get(Lengths) : null));
        }

        return SequenceTexts.Over(texts);

        SequenceProbe Probe(string padding)
        {
            Transformer model = Transformer.Blank(Net(settings, job.Norm, padding));
            draws.Initialize(model, job.Seed);
            return new SequenceProbe(context.Tape, model, context.Cancellation);
        }
    }

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
