using System.Diagnostics;
using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// After the net has attended, is the original word still there? What is left of each token in the stream by depth, with and without a skip path, and whether tokens
/// become alike. Derived in docs/experiments/token-memory.md.
/// </summary>
internal sealed class TokenMemory : Experiment
{
    private static readonly Quantity Cosine = new("own_token_cosine", new("Cosine of the stream and the token's own embedding", "ストリームと自分のトークンの埋め込みのコサイン"), "", Logarithmic: false);

    private static readonly Quantity Read = new("probe_accuracy", new("Tokens that a linear probe names rightly", "線形プローブが言い当てたトークンの割合"), "", Logarithmic: false);

    private static readonly Quantity Apart = new("apart", new("What tells positions apart, ‖X − 1x̄ᵀ‖/‖X‖", "位置を区別する成分 ‖X − 1x̄ᵀ‖/‖X‖"), "", Logarithmic: true);

    private static readonly Quantity Layer = new("layer", new("Layer (0: in front of the first)", "層（0 は最初の層の前）"), "", Logarithmic: false);

    private static readonly ChoicesSetting Residual = NetSettings.Residuals("none", "none-norm", "plain", "pre", "post");

    private static readonly ChoicesSetting Norm = NetSettings.Norms("layer");

    private static readonly IntegerSetting Depth = NetSettings.Depth(12);

    private static readonly IntegerSetting Width = NetSettings.Width(64, 1024);

    private static readonly IntegerSetting Heads = NetSettings.Heads(4);

    private static readonly IntegerSetting Length = new("length", 16, 2, 1024, new("Tokens of a sentence.", "1 文のトークン数。"));

    private static readonly IntegerSetting Vocabulary = NetSettings.Vocabulary(32, 4096);

    private static readonly IntegerSetting Batch = new("batch", 96, 3, 4096, new("Sentences; the probe learns from two thirds and is tested on the rest.", "文の数。プローブは 3 分の 2 で学び、残りで試されます。"));

    private static readonly ChoiceSetting Kind = new(
        "kind", "decoder", ["decoder", "encoder"], new("Decoder: a position sees those before it; encoder: it sees all.", "decoder では各位置は前の位置だけを、encoder ではすべてを見ます。"));

    private static readonly TextSetting Model = NetSettings.Model(new(
        "A trained decoder or encoder to look at beside the fresh nets; empty: the decoder that ships.", "新しいネットと並べて見る、学習済みの decoder または encoder。空なら同梱の decoder。"));

    private static readonly TextSetting Prompt = NetSettings.Prompt("The cat sat on the", new("What the trained model reads; empty: no table.", "学習済みモデルに読ませる文。空なら表を作りません。"));

    private static readonly IntegerSetting Seeds = NetSettings.Seeds();

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "token-memory";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("After the net has attended, is the original word still there?", "アテンションを通った後も、元の単語は残っているでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => TokenMemoryClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } = [Residual, Norm, Depth, Width, Heads, Length, Vocabulary, Batch, Kind, Model, Prompt, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("both-ways", new("An encoder's positions see all others: without a skip path the words are gone sooner.", "encoder の位置はすべての位置を見るので、スキップ経路がないと単語はもっと早く消えます。"), "kind=encoder"),
        new Preset("japanese", new("The same trained net reads Japanese.", "同じ学習済みネットに日本語を読ませます。"), "prompt=猫はマットの上に"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Fresh(settings).Sum(t => Operations(t.Net, settings.Get(Batch)));

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Fresh(settings).Max(t => MemoryBudget.OfNet(t.Net, settings.Get(Batch)));

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        bool shipped = settings.Get(Model).Length == 0;
        TrainedModel trained = shipped ? TrainedModel.Shipped(ShippedModels.Decoder) : TrainedModel.Open(settings.Get(Model));
        Table? table = settings.Get(Prompt).Length > 0 ? PromptTable(trained, trained.Read(settings.Get(Prompt))) : null;
        int batch = settings.Get(Batch);
        List<MemoryTrial> trials = Fresh(settings);
        trials.AddRange(Enumerable.Range(0, settings.Get(Seeds)).Select(seed => new MemoryTrial(trained.Name, trained.Net, seed, null)));
        trials = [.. trials.OrderBy(t => t.Seed)]; // seed by seed; the order of a seed's own is kept
        var draws = new SeedDraws(settings.Get(Seed));
        Report report = Trials.Run(
            [.. trials.Select(t => new Trial<MemoryProfile>(
                Operations(t.Net, batch),
                MemoryBudget.OfNet(t.Net, batch),
                context => Measure(context, t, trained, shipped, batch, draws),
                profile => Say(t, profile)))],
            found => Describe(settings, trials, found, table),
            progress,
            cancellation);
        return report with { ElapsedSeconds = watch.Elapsed.TotalSeconds }; // with the time that opening the model took
    }

    private static MemoryProfile Measure(TrialContext context, MemoryTrial trial, TrainedModel trained, bool shipped, int batch, SeedDraws draws)
    {
        Tape tape = context.Tape;
        RandomSource text = draws.Random(trial.Seed).Split("text");
        int learned = batch * 2 / 3;
        if (trial.Arrangement is null)
        {
            return MemoryProfile.Of(tape, trained.Folder.Model, shipped ? Stories(trial.Net, batch, text) : RandomText.Of(batch, Math.Min(32, trial.Net.Length), trial.Net.Vocabulary, text), learned, context.Cancellation);
        }

        Transformer model = Transformer.Blank(trial.Net);
        draws.Initialize(model, trial.Seed);
        try
        {
            for (int layer = 0; trial.AttentionOnly && layer < trial.Net.Depth; layer++)
            {
                string block = LayerPlan.Block(layer);
                tape.Replace($"{block}.mlp_out", _ => tape[$"{block}.resid_mid"]);
            }

            return MemoryProfile.Of(tape, model, RandomText.Of(batch, trial.Net.Length, trial.Net.Vocabulary, text), learned, context.Cancellation);
        }
        finally
        {
            tape.ClearReplacements();
        }
    }

    private static TokenBatch Stories(TransformerSettings net, int batch, RandomSource random)
    {
        var source = new SmallWorldSource("decoder", net.Length);
        TokenBatch stories = source.CreateBatch(batch);
        source.Fill(stories, random);
        return stories;
    }

    private static List<MemoryTrial> Fresh(SettingValues settings)
    {
        NetSettings.CheckHeads(settings.Get(Width), settings.Get(Heads));
        IReadOnlyList<Arrangement> arrangements = Arrangement.Combine(settings.Get(Residual), settings.Get(Norm));
        var trials = new List<MemoryTrial>();
        for (int seed = 0; seed < settings.Get(Seeds); seed++)
        {
            trials.AddRange(arrangements.Select(a => new MemoryTrial(a.Name, Net(settings, a, settings.Get(Kind)), seed, a)));
            var none = new Arrangement("none", "layer");
            trials.Add(new MemoryTrial("attention alone (no mask)", Net(settings, none, "encoder"), seed, none, AttentionOnly: true));
        }

        return trials;
    }

    private static TransformerSettings Net(SettingValues settings, Arrangement arrangement, string kind) => (StandardNet.Base with
    {
        Kind = kind,
        Vocabulary = settings.Get(Vocabulary),
        Length = settings.Get(Length),
        Depth = settings.Get(Depth),
        Width = settings.Get(Width),
        Heads = settings.Get(Heads),
        Residual = arrangement.Residual,
        Norm = arrangement.Norm,
    }).Validate();

    private static double Operations(TransformerSettings net, int batch)
    {
        double rows = (double)batch * net.Length, width = net.Width;
        return NetOperations.Forward(net, batch) + (8.0 * (net.Depth + 1) * ((rows * width * (width + net.Vocabulary)) + (width * width * (width + net.Vocabulary))));
    }

    private static LocalizedText Say(MemoryTrial trial, MemoryProfile profile)
    {
        string cosine = profile.Cosine[^1].ToString("0.00", CultureInfo.InvariantCulture), read = profile.Read[^1].ToString("0 %", CultureInfo.InvariantCulture);
        return new LocalizedText(
            $"{trial.Name}, seed {trial.Seed + 1}: cosine to the own word {cosine}, a probe reads {read}",
            $"{trial.Name}、シード {trial.Seed + 1}: 元の単語とのコサイン {cosine}、プローブの正解率 {read}");
    }

    private static Table PromptTable(TrainedModel trained, TokenBatch prompt)
    {
        double[][] cosines = MemoryProfile.Cosines(new Tape(), trained.Folder.Model, prompt);
        int depth = trained.Net.Depth, shown = Math.Min(depth, 8);
        int[] layers = [.. Enumerable.Range(0, shown + 1).Select(i => (int)((long)i * depth / shown))];
        return new Table(
            "prompt",
            new($"{trained.Name}: cosine of each position's stream and its own token's embedding, by layer", $"{trained.Name}: 各位置のストリームと自分のトークンの埋め込みのコサイン（層ごと）"),
            [
                new("token", new("token", "トークン")),
                .. layers.Select(l => new TableColumn(FormattableString.Invariant($"layer_{l}"), new(FormattableString.Invariant($"{l}"), FormattableString.Invariant($"{l}")))),
            ],
            [.. Enumerable.Range(0, prompt.Length).Select(i => (IReadOnlyList<TableCell>)[trained.Show(prompt.Ids[i]), .. layers.Select(l => (TableCell)cosines[i][l])])]);
    }

    private Report Describe(SettingValues settings, List<MemoryTrial> trials, MemoryProfile?[] found, Table? table)
    {
        List<ClaimResult> claims = [];
        List<Series> cosine = [], read = [], apart = [];
        foreach (IGrouping<string, int> group in Enumerable.Range(0, trials.Count).Where(i => found[i] is not null).GroupBy(i => trials[i].Name, StringComparer.Ordinal))
        {
            MemoryTrial trial = trials[group.First()];
            MemoryProfile[] profiles = [.. group.Select(i => found[i]!)];
            claims.AddRange(TokenMemoryClaims.Test(trial, profiles));
            double[] layers = [.. Enumerable.Range(0, trial.Net.Depth + 1).Select(l => (double)l)];
            apart.Add(Series.Of(trial.Name, Apart, Layer, layers, [.. layers.Select(l => TokenMemoryClaims.Geometric(profiles, p => p.Apart[(int)l]))]));
            if (trial.AttentionOnly)
            {
                continue;
            }

            cosine.Add(Series.Of(trial.Name, Cosine, Layer, layers, [.. layers.Select(l => TokenMemoryClaims.Over(profiles, p => p.Cosine[(int)l]))]));
            read.Add(Series.Of(trial.Name, Read, Layer, layers, [.. layers.Select(l => TokenMemoryClaims.Over(profiles, p => p.Read[(int)l]))]));
            if (trial.Arrangement is { } arrangement && TokenMemoryClaims.Share(arrangement, trial.Net) is { } share)
            {
                cosine.Add(Series.Predicted(trial.Name, Cosine, Layer, layers, [.. layers.Select(l => share.Least((int)l))]));
            }
        }

        return new Report
        {
            Experiment = this,
            Settings = settings,
            Claims = [.. TokenMemoryClaims.All.SelectMany(claim => claims.Where(c => c.Claim == claim))],
            Omitted = [.. TokenMemoryClaims.All.Where(claim => claims.TrueForAll(c => c.Claim != claim)).Select(TokenMemoryClaims.Omit)],
            Series = [.. cosine, .. read, .. apart],
            Tables = table is null ? [] : [table],
        };
    }
}
