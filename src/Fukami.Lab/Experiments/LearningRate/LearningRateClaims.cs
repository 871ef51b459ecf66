using System.Globalization;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="LearningRate"/>. All are about ratios of largest rates; on a grid two of them are equal or a step apart.</summary>
internal static class LearningRateClaims
{
    public static readonly Claim PreWithoutWarmUp = new(
        "pre-needs-no-warm-up",
        new LocalizedText(
            "Pre-norm without warm-up learns at a rate at least as large as post-norm with it.",
            "pre-norm はウォームアップなしでも、ウォームアップありの post-norm 以上の学習率で学習できます。"),
        new LocalizedText(
            "largest rate that learns: pre-norm without warm-up, divided by post-norm with warm-up",
            "学習できる最大の学習率の比（ウォームアップなしの pre-norm / ウォームアップありの post-norm）"),
        LocalizedText.Both("≥ 1"),
        new LocalizedText(
            "Xiong et al. 2020, section 4; docs/experiments/learning-rate.md §2",
            "Xiong et al. 2020 §4; docs/experiments/learning-rate.md §2"));

    public static readonly Claim PostNeedsWarmUp = new(
        "post-needs-warm-up",
        new LocalizedText(
            "Post-norm needs warm-up: with it, it learns at rates at which it does not without.",
            "post-norm にはウォームアップが必要で、あれば、なしでは学習できない学習率でも学習できます。"),
        new LocalizedText(
            "largest rate that learns with warm-up, divided by the largest without",
            "学習できる最大の学習率の比（ウォームアップあり / なし）"),
        new LocalizedText("≥ √factor: more than half a step of the grid", "≥ √factor（隣り合う学習率の間隔の半分を超える差）"),
        LocalizedText.Both("Xiong et al. 2020; docs/experiments/learning-rate.md §3"));

    public static readonly Claim PreGainsNothing = new(
        "pre-gains-nothing-by-warm-up",
        new LocalizedText(
            "“With pre-norm, warm-up makes no difference.”",
            "「pre-norm ならウォームアップの有無で差は出ない」"),
        PostNeedsWarmUp.Quantity,
        new LocalizedText("1/√factor … √factor: less than half a step of the grid", "1/√factor … √factor（隣り合う学習率の間隔の半分に満たない差）"),
        new LocalizedText(
            "a reading of Xiong et al. 2020; docs/experiments/learning-rate.md §3",
            "Xiong et al. 2020 の一つの解釈; docs/experiments/learning-rate.md §3"));

    public static readonly Claim NormalizationPermits = new(
        "normalization-permits-larger-rates",
        new LocalizedText(
            "Normalization permits larger learning rates than the same net has without it.",
            "正規化があると、ない場合よりも大きな学習率で学習できます。"),
        new LocalizedText(
            "largest rate that learns without warm-up, divided by that of plain, x + F(x)",
            "ウォームアップなしで学習できる最大の学習率を、plain（x + F(x)）のそれで割った比"),
        new LocalizedText("≥ √factor: more than half a step of the grid", "≥ √factor（隣り合う学習率の間隔の半分を超える差）"),
        LocalizedText.Both("Santurkar et al. 2018; Bjorck et al. 2018; docs/experiments/learning-rate.md §4"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All = [PreWithoutWarmUp, PostNeedsWarmUp, PreGainsNothing, NormalizationPermits];

    /// <summary>Tests what can be tested on what was measured.</summary>
    /// <param name="limits">The largest rates of each arrangement.</param>
    /// <param name="grid">The rates that were tried.</param>
    public static IEnumerable<ClaimResult> Test(IReadOnlyList<RateLimits> limits, RateGrid grid)
    {
        double step = Math.Sqrt(grid.Factor);
        string more = string.Create(CultureInfo.InvariantCulture, $"≥ {step:0.00}");
        foreach (RateLimits pre in limits.Where(l => l.Arrangement.Residual is "pre"))
        {
            if (limits.FirstOrDefault(l => l.Arrangement.Residual is "post" && l.Arrangement.Norm == pre.Arrangement.Norm) is { } post)
            {
                yield return PreWithoutWarmUp.Test($"{pre.Arrangement.Name}/{post.Arrangement.Name}", "≥ 1", Bound.AtLeast(1), Ratio(pre.Without, post.With), WhyPre);
            }

            yield return PreGainsNothing.Test(
                pre.Arrangement.Name,
                string.Create(CultureInfo.InvariantCulture, $"{1 / step:0.00} … {step:0.00}"),
                new Bound(1 / step, step),
                Ratio(pre.With, pre.Without),
                WhyPreGains);
        }

        foreach (RateLimits post in limits.Where(l => l.Arrangement.Residual is "post"))
        {
            yield return PostNeedsWarmUp.Test(post.Arrangement.Name, more, Bound.AtLeast(step), Ratio(post.With, post.Without), WhyPost);
        }

        if (limits.FirstOrDefault(l => l.Arrangement.Residual is "plain") is { } plain)
        {
            foreach (RateLimits other in limits.Where(l => l.Arrangement is { HasSkip: true, Norm: not "none", Residual: not ("plain" or "rezero") }))
            {
                yield return NormalizationPermits.Test(
                    $"{other.Arrangement.Name}/plain", more, Bound.AtLeast(step), Ratio(other.Without, plain.Without), WhyNormalization(other.Arrangement));
            }
        }
    }

    /// <summary>Why a claim was left out.</summary>
    public static LocalizedText Omit(Claim claim) => claim.Id switch
    {
        "pre-needs-no-warm-up" => new LocalizedText("It needs pre-norm and post-norm: residual=post,pre.", "pre-norm と post-norm の両方が必要です（residual=post,pre）。"),
        "post-needs-warm-up" => new LocalizedText("It needs post-norm: residual=post.", "post-norm が必要です（residual=post）。"),
        "pre-gains-nothing-by-warm-up" => new LocalizedText("It needs pre-norm: residual=pre.", "pre-norm が必要です（residual=pre）。"),
        _ => new LocalizedText("It needs plain and an arrangement with a skip path and a normalization: residual=plain,pre.", "plain と、スキップ経路と正規化のある配置が必要です（residual=plain,pre）。"),
    };

    // seed by seed, as both nets of a seed have the same chain, text and weights
    private static Interval Ratio(IReadOnlyList<double> above, IReadOnlyList<double> below) =>
        Interval.OfGeometricMean([.. above.Zip(below, (a, b) => a / b)]);

    private static LocalizedText WhyPre { get; } = new(
        "A step changes the branches of every layer. In pre-norm each branch's change adds to the stream and meets no other normalization; in post-norm it goes through the normalizations of all layers above, whose gradients are large at the last layers.",
        "1 ステップで全層の枝が変わります。pre-norm では各枝の変化がストリームに足されるだけですが、post-norm では上の全層の正規化を通り、最後の数層の勾配も大きいままです。");

    private static LocalizedText WhyPost { get; } = new(
        "Adam moves every weight by about the rate in its first steps, however small the gradient. Warm-up makes these first steps small, until the last layers' gradients have become smaller.",
        "Adam の最初の数ステップは、勾配がどれほど小さくても各重みを学習率ほど動かします。ウォームアップはこの数ステップを小さくし、最後の数層の勾配が小さくなるまで待ちます。");

    private static LocalizedText WhyPreGains { get; } = new(
        "Pre-norm does without warm-up at ordinary rates. Near its limit the first steps are what fails there too, so warm-up moves that limit as well.",
        "pre-norm は普通の学習率ならウォームアップなしで学習できます。ただし限界付近で失敗の原因になるのはやはり最初の数ステップで、ウォームアップはその限界も引き上げます。");

    private static LocalizedText WhyNormalization(Arrangement arrangement) => arrangement.NormalizesSkip
        ? new LocalizedText(
            "The place counts: on the skip path a normalization keeps the numbers finite, but what the first steps spoil in one layer goes through all others.",
            "大切なのは正規化の位置です。スキップ経路の上にあると値は発散しませんが、最初の数ステップで一つの層に生じた乱れは、ほかのすべての層を通ります。")
        : new LocalizedText(
            "Without normalization the changes of all branches multiply; in front of the branch a normalization makes them add up, and the limit is that of a single layer.",
            "正規化がないと全層の枝の変化が掛け合わされます。枝の手前に正規化があれば足し算になり、限界は 1 層だけの場合と同程度になります。");
}
