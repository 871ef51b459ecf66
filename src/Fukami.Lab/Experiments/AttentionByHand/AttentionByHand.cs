using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// Query, key and value on numbers small enough to check by hand, each step shown; why 1/√d; what a mask does; what heads do.
/// Derived in docs/experiments/attention-by-hand.md.
/// </summary>
internal sealed class AttentionByHand : Experiment
{
    private static readonly ChoiceSetting Example = new(
        "example", "fixed", ["fixed", "drawn"], new("The example that is shown: “The cat sat”, or one drawn by the seed.", "表示する例。fixed は「The cat sat」、drawn はシードで引いた例。"));

    private static readonly ChoiceSetting Mask = new(
        "mask", "causal", ["causal", "none"], new("causal: a token sees itself and those before it; none: all.", "causal では各トークンは自分とそれより前だけを、none ではすべてを見ます。"));

    private static readonly IntegerSetting Tokens = new("tokens", 3, 2, 8, new("example=drawn: tokens.", "example=drawn のトークン数。"));

    private static readonly IntegerSetting Width = new("width", 4, 1, 8, new("example=drawn: features of a token.", "example=drawn の 1 トークンあたりの特徴の数。"));

    private static readonly IntegerSetting Heads = new("heads", 2, 1, 4, new("example=drawn: heads.", "example=drawn のヘッドの数。"));

    private static readonly IntegerSetting HeadWidth = new("head_width", 4, 1, 8, new("example=drawn: d, features of a head.", "example=drawn の 1 ヘッドあたりの特徴の数 d。"));

    private static readonly IntegersSetting Widths = new("widths", [4, 16, 64, 256, 1024], 1, 4096, new("Head widths d at which scores are drawn.", "スコアを調べるヘッド幅 d。"));

    private static readonly IntegerSetting Keys = new("keys", 32, 2, 1024, new("Keys that a query chooses from there.", "そこで 1 つのクエリが選ぶキーの数。"));

    private static readonly IntegerSetting Draws = new("draws", 3000, 100, 1_000_000, new("Pairs of query and key for each variance.", "分散を測るためのクエリとキーの組の数。"));

    private static readonly IntegerSetting Seeds = NetSettings.Seeds();

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    private static readonly Quantity Variance = new("score_variance", new("variance of a score", "スコアの分散"), "", Logarithmic: true);
    private static readonly Quantity Largest = new("largest_weight", new("largest weight of a softmax", "ソフトマックスの最大の重み"), "", Logarithmic: false);
    private static readonly Quantity Entropy = new("entropy", new("entropy of a softmax", "ソフトマックスのエントロピー"), "nats", Logarithmic: false);
    private static readonly Quantity Slope = new("softmax_slope", new("1 − Σp², what the softmax lets through backward", "1 − Σp²（ソフトマックスが逆方向に通す量）"), "", Logarithmic: true);
    private static readonly Quantity HeadWidths = new("head_width", new("head width d", "ヘッド幅 d"), "", Logarithmic: true);

    /// <inheritdoc/>
    public override string Id => "attention-by-hand";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("What do query, key and value compute, step by step?", "query、key、value は一歩ずつ何を計算しているのでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => AttentionByHandClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } = [Example, Mask, Tokens, Width, Heads, HeadWidth, Widths, Keys, Draws, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("another", new("Another example of whole numbers, drawn by the seed: change seed for the next.", "シードで引いた別の整数の例。seed を変えると次の例になります。"), "example=drawn"),
        new Preset("one-head", new("One head of four tokens that see each other.", "互いに見合う 4 トークンとヘッド 1 つ。"), "example=drawn", "mask=none", "tokens=4", "heads=1"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => settings.Get(Seeds) * OperationsOfSeed(settings);

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        AttentionExample shown = Shown(settings);
        return Trials.Run(
            [.. Enumerable.Range(0, settings.Get(Seeds)).Select(seed => TrialOf(settings, shown, seed))],
            found => Describe(settings, shown, [.. found.OfType<AttentionFinding>()]),
            progress,
            cancellation);
    }

    private Report Describe(SettingValues settings, AttentionExample shown, AttentionFinding[] seeds)
    {
        ClaimResult[] claims = [.. AttentionByHandClaims.Test(shown, seeds, settings.Get(Widths), settings.Get(Keys), settings.Get(Draws))];
        return new Report
        {
            Experiment = this,
            Settings = settings,
            Claims = claims,
            Omitted = [.. AttentionByHandClaims.All.Where(c => !Array.Exists(claims, r => r.Claim == c)).Select(AttentionByHandClaims.Omit)],
            Series = SeriesOf(settings, seeds),
            Tables = AttentionTables.Of(shown),
        };
    }

    private static RandomSource RandomOf(SettingValues settings, int seed) => new((ulong)((long)settings.Get(Seed) + seed));

    private static AttentionExample Drawn(SettingValues settings, int seed) => AttentionExample.Drawn(
        settings.Get(Tokens), settings.Get(Width), settings.Get(Heads), settings.Get(HeadWidth), settings.Get(Mask) is "causal", RandomOf(settings, seed).Split("example"));

    private static AttentionExample Shown(SettingValues settings)
    {
        if (settings.Get(Example) is "drawn")
        {
            return Drawn(settings, 0);
        }

        foreach (IntegerSetting size in (IntegerSetting[])[Tokens, Width, Heads, HeadWidth])
        {
            if (settings.Get(size) != size.Default)
            {
                throw new SettingException(new LocalizedText(
                    $"{size.Name} {settings.Get(size)} was given, but the fixed example has {size.Default}; add example=drawn.",
                    $"{size.Name} に {settings.Get(size)} が指定されましたが、固定の例では {size.Default} です。example=drawn を加えてください。"));
            }
        }

        return AttentionExample.Fixed(settings.Get(Mask) is "causal");
    }

    // a normal draw costs about as much as twenty multiplications
    private static double OperationsOfSeed(SettingValues settings) =>
        settings.Get(Widths).Sum(d => 20.0 * d * ((2 * settings.Get(Draws)) + (Queries(settings) * (settings.Get(Keys) + 1))));

    private static int Queries(SettingValues settings) => Math.Max(20, settings.Get(Draws) / 10);

    private static Trial<AttentionFinding> TrialOf(SettingValues settings, AttentionExample shown, int seed) => new(
        OperationsOfSeed(settings),
        0,
        context => Measure(settings, shown, seed, context),
        found => new LocalizedText(
            $"seed {seed + 1}: the engine is within {Short(found.EngineError)} of the hand; one head misses {Short(found.OneHead)} of two places",
            $"シード {seed + 1}: エンジンと手計算の差は {Short(found.EngineError)}、1 ヘッドの取りこぼしは {Short(found.OneHead)}"));

    private static AttentionFinding Measure(SettingValues settings, AttentionExample shown, int seed, TrialContext context)
    {
        RandomSource random = RandomOf(settings, seed);
        double error = 0, rowSum = 0, hiddenWeight = 0, hiddenGradient = 0;
        foreach (AttentionExample example in (AttentionExample[])[shown, Drawn(settings, seed)])
        {
            var hand = new HandAttention(example);
            var engine = new EngineAttention(context.Tape, example);
            double[] z = [.. hand.Z.SelectMany(row => row)];
            double largest = Math.Max(1, z.Max(Math.Abs));
            error = Math.Max(error, z.Zip(engine.Z, (a, b) => Math.Abs(a - b) / largest).Max());
            int tokens = example.Tokens.Length;
            for (int row = 0; row < engine.Pattern.Length; row += tokens)
            {
                double sum = 0;
                for (int key = 0; key < tokens; key++)
                {
                    sum += engine.Pattern[row + key];
                    hiddenWeight = key > row / tokens % tokens && example.Causal ? Math.Max(hiddenWeight, engine.Pattern[row + key]) : hiddenWeight;
                }

                rowSum = Math.Max(rowSum, Math.Abs(sum - 1));
            }

            hiddenGradient = example.Causal ? Math.Max(hiddenGradient, engine.LargestHiddenGradient) : 0;
        }

        (double one, double two) = TwoPlaces.Measure(context.Tape, random.Split("two places"));
        IReadOnlyList<int> widths = settings.Get(Widths);
        var scores = new ScoreStatistics[widths.Count];
        for (int w = 0; w < widths.Count; w++)
        {
            scores[w] = ScoreStatistics.Measure(widths[w], settings.Get(Draws), settings.Get(Keys), Queries(settings), random.Split("scores").Split((ulong)widths[w]), context.Cancellation);
            string variance = Short(scores[w].Variance);
            context.Tell(
                widths.Take(w + 1).Sum() / (double)widths.Sum(),
                new LocalizedText($"seed {seed + 1}: q·k of {widths[w]} features has variance {variance}", $"シード {seed + 1}: 特徴 {widths[w]} 個の q·k の分散は {variance}"));
        }

        return new AttentionFinding(error, rowSum, hiddenWeight, hiddenGradient, one, two, scores);
    }

    private static List<Series> SeriesOf(SettingValues settings, AttentionFinding[] found)
    {
        IReadOnlyList<int> widths = settings.Get(Widths);
        int keys = settings.Get(Keys);
        double[] x = [.. widths.Select(d => (double)d)];
        return
        [
            Measured("q·k", Variance, (s, _) => s.Variance, geometric: true),
            Predicted("q·k", Variance, d => d),
            Measured("q·k/√d", Variance, (s, d) => s.Variance / d, geometric: true),
            Predicted("q·k/√d", Variance, _ => 1),
            Measured("q·k/d", Variance, (s, d) => s.Variance / d / d, geometric: true),
            Predicted("q·k/d", Variance, d => 1 / d),
            Measured("q·k", Largest, (s, _) => s.Unscaled.Largest, geometric: false),
            Measured("q·k/√d", Largest, (s, _) => s.Scaled.Largest, geometric: false),
            Measured("q·k", Entropy, (s, _) => s.Unscaled.Entropy, geometric: false),
            Predicted("q·k", Entropy, d => ScorePrediction.Entropy(keys, d)),
            Measured("q·k/√d", Entropy, (s, _) => s.Scaled.Entropy, geometric: false),
            Predicted("q·k/√d", Entropy, _ => ScorePrediction.Entropy(keys, 1)),
            Measured("q·k", Slope, (s, _) => s.Unscaled.Slope, geometric: true),
            Predicted("q·k", Slope, d => ScorePrediction.Slope(keys, d)),
            Measured("q·k/√d", Slope, (s, _) => s.Scaled.Slope, geometric: true),
            Predicted("q·k/√d", Slope, _ => ScorePrediction.Slope(keys, 1)),
        ];

        Series Measured(string name, Quantity quantity, Func<ScoreStatistics, double, double> figure, bool geometric) => Series.Of(
            name,
            quantity,
            HeadWidths,
            x,
            [.. x.Select((d, w) => Average([.. found.Select(f => figure(f.Scores[w], d))], geometric))]);

        Series Predicted(string name, Quantity quantity, Func<double, double> formula) => Series.Predicted(name, quantity, HeadWidths, x, [.. x.Select(formula)]);
    }

    private static Interval Average(double[] samples, bool geometric) => geometric ? Interval.OfGeometricMean(samples) : Interval.OfMean(samples);

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
