namespace Fukami.Lab.Tests;

/// <summary>An experiment with given figures, to test what surrounds an experiment.</summary>
internal sealed class SampleExperiment : Experiment
{
    public static readonly IntegerSetting Depth = new("depth", 12, 1, 1000, new LocalizedText("Layers.", "層の数。"));
    public static readonly ChoicesSetting Residual = new("residual", ["pre", "post"], ["pre", "post", "none"], new LocalizedText("Arrangements.", "配置。"));
    public static readonly RealSetting Rate = new("rate", 0.5, 0, 1, new LocalizedText("A rate.", "率。"));
    public static readonly IntegersSetting Depths = new("depths", [2, 4], 1, 100, new LocalizedText("Depths.", "深さ。"));
    public static readonly TextSetting Model = new("model", "", new LocalizedText("a folder", "フォルダ"), new LocalizedText("A folder.", "フォルダ。"));
    public static readonly ChoiceSetting Activation = new("activation", "relu", ["relu", "gelu"], new LocalizedText("Activation.", "活性化関数。"));

    public static readonly Claim TheClaim = new(
        "it-falls",
        new LocalizedText("It falls.", "小さくなる。"),
        new LocalizedText("factor", "倍率"),
        new LocalizedText("factor < 1", "倍率 < 1"),
        LocalizedText.Both("A paper"));

    public static readonly Quantity Gradient = new("gradient", new LocalizedText("gradient norm", "勾配のノルム"), "", Logarithmic: true);
    public static readonly Quantity Layer = new("layer", new LocalizedText("layer", "層"), "", Logarithmic: false);

    public override string Id => "sample";

    public override LocalizedText Question { get; } = new("Does it fall?", "小さくなるか。");

    public override IReadOnlyList<Claim> Claims { get; } = [TheClaim];

    public override IReadOnlyList<Setting> Settings { get; } = [Residual, Depth, Rate, Depths, Model, Activation];

    public override double EstimateOperations(SettingValues settings) => 1;

    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default) => new()
    {
        Experiment = this,
        Settings = settings,
        Claims = [TheClaim.Test("post", new LocalizedText("factor ≤ 1", "倍率 ≤ 1"), Bound.AtMost(1), new Interval(0.5, 0.4, 0.6), new LocalizedText("Because.", "なぜなら。"))],
        Omitted = [new OmittedClaim(TheClaim, new LocalizedText("Not selected.", "選ばれていない。"))],
        Series =
        [
            Series.Of("post", Gradient, Layer, [1, 2, 3], [new(1, 0.5, 2), new(10, 5, 20), new(100, 50, double.PositiveInfinity)]),
            Series.Of("pre", Gradient, Layer, [1, 2, 3], [new(1, 0.9, 1.1), new(0, 0, double.NaN), new(1, 0.9, 1.1)]),
        ],
        Tables = [new Table("fits", new LocalizedText("Fits", "当てはめ"), [new TableColumn("name", new LocalizedText("name", "名前")), new TableColumn("factor", new LocalizedText("factor", "倍率"))], [["post", 0.5], ["pre", double.NegativeInfinity]])],
        ElapsedSeconds = 0.25,
    };
}
