using Fukami.Lab;

namespace Fukami.Cli.Tests;

/// <summary>An experiment that finds what a test says, or fails, or waits to be stopped.</summary>
internal sealed class StubExperiment(string id, Action<SettingValues>? before = null) : Experiment
{
    private static readonly Quantity Gain = new("gain", new LocalizedText("gain", "利得"), "", Logarithmic: false) { DependsOnMachine = true };
    private static readonly Quantity Layer = new("layer", new LocalizedText("layer", "層"), "", Logarithmic: false);
    private static readonly Claim TheClaim = new("it-holds", new LocalizedText("It holds.", "成り立ちます。"), LocalizedText.Both("x"), LocalizedText.Both("x ≤ 1"), LocalizedText.Both("A paper")) { DependsOnMachine = true };

    public override string Id => id;

    public override LocalizedText Question { get; } = new("Does it hold?", "成り立ちますか。");

    public override IReadOnlyList<Claim> Claims { get; } = [TheClaim];

    public override IReadOnlyList<Setting> Settings { get; } =
    [
        new IntegerSetting("depth", 2, 1, 9, new LocalizedText("Layers.", "層の数。")),
        new IntegerSetting("seeds", 5, 1, 9, new LocalizedText("Seeds.", "シードの数。")),
        new IntegerSetting("seed", 1, 0, 9, new LocalizedText("Seed.", "シード。")),
    ];

    public override IReadOnlyList<Preset> Presets { get; } = [new Preset("deep", new LocalizedText("“It always holds.”", "「いつも成り立つ」"), "depth=7") { IsPopularClaim = true }];

    public override double EstimateOperations(SettingValues settings) => 1;

    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        before?.Invoke(settings);
        cancellation.ThrowIfCancellationRequested();
        string wide = new('w', 30);
        return new Report
        {
            Experiment = this,
            Settings = settings,
            Claims = [TheClaim.Test("all", $"x ≤ 1, {string.Join(' ', Enumerable.Repeat("word", 20))}", Bound.AtMost(1), Interval.Exactly(0.5), new LocalizedText("Because.", "そうなるからです。"))],
            Series =
            [
                Series.Of("net", Gain, Layer, [1, 2], [Interval.Exactly(4), Interval.Exactly(2)]),
                Series.Predicted("net", Gain, Layer, [1, 2], [3, 1]),
            ],
            Tables = [new Table("wide", new LocalizedText("Wide", "広い表"), [.. Enumerable.Range(0, 4).Select(i => new TableColumn($"c{i}", new LocalizedText($"{wide}{i}", $"列{i}")))], [["a", 1.5, 2.5, wide]])],
        };
    }
}
