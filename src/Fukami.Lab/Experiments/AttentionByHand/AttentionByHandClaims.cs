using System.Globalization;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="AttentionByHand"/>.</summary>
internal static class AttentionByHandClaims
{
    /// <summary>What somebody sees who writes two decimals.</summary>
    private const double Visible = 0.01;

    public static readonly Claim EngineEqualsHand = new(
        "engine-equals-hand",
        new LocalizedText("The engine's attention is what the formula gives when computed by hand.", "エンジンのアテンションは、式どおりに手計算した結果と一致します。"),
        new LocalizedText("largest difference of an output from plain loops in double precision, in units of the largest output", "倍精度の単純なループで計算した出力との差の最大値（最大の出力を 1 とする）"),
        LocalizedText.Both("≤ 1e-6"),
        new LocalizedText(
            "Vaswani et al. 2017, eq. 1; rounding of single precision, docs/experiments/attention-by-hand.md §1",
            "Vaswani et al. 2017 式 1; 単精度の丸め誤差は docs/experiments/attention-by-hand.md §1"));

    public static readonly Claim RowsSumToOne = new(
        "rows-sum-to-one",
        new LocalizedText("Each token shares out exactly one: every row of the pattern sums to 1.", "各トークンが配る重みは合計でちょうど 1 です。パターンのどの行も和は 1 になります。"),
        new LocalizedText("largest difference of a row sum from 1", "行の和と 1 との差の最大値"),
        LocalizedText.Both("≤ T·2⁻²³"),
        new LocalizedText(
            "the definition of softmax; docs/experiments/attention-by-hand.md §1",
            "ソフトマックスの定義; docs/experiments/attention-by-hand.md §1"));

    public static readonly Claim ScaleKeepsVariance = new(
        "scale-keeps-variance",
        new LocalizedText("q·k of N(0, 1) entries has variance d, so that q·k/√d has variance 1 whatever the width.", "成分が N(0, 1) のとき q·k の分散は d なので、q·k/√d の分散は幅によらず 1 になります。"),
        new LocalizedText("variance of q·k/√d", "q·k/√d の分散"),
        LocalizedText.Both("1 ± 4√((2 + 6/d)/draws)"),
        new LocalizedText(
            "Vaswani et al. 2017, footnote 4; docs/experiments/attention-by-hand.md §2",
            "Vaswani et al. 2017 脚注 4; docs/experiments/attention-by-hand.md §2"));

    public static readonly Claim ScaledStaysOpen = new(
        "scaled-stays-open",
        new LocalizedText("With 1/√d the softmax lets the gradient through at every width.", "1/√d で割れば、どの幅でもソフトマックスは勾配を通します。"),
        new LocalizedText("1 − Σp², the trace of the softmax' Jacobian, of scaled scores", "スケール済みスコアのソフトマックスのヤコビ行列のトレース 1 − Σp²"),
        LocalizedText.Both("1 − 2(1 − 2/d)^(−d/2)/n … 1 − 1/n"),
        LocalizedText.Both("docs/experiments/attention-by-hand.md §3"));

    public static readonly Claim UnscaledSaturates = new(
        "unscaled-saturates",
        new LocalizedText("Without the scale the softmax saturates: one weight is all, and what it lets through backward falls as 1/√d.", "スケールしないとソフトマックスは飽和します。1 つの重みがすべてを占め、逆方向に通す量は 1/√d で減ります。"),
        new LocalizedText("1 − Σp², the trace of the softmax' Jacobian, of unscaled scores, times √d/f_n(0)", "スケールしないスコアのソフトマックスの 1 − Σp² に √d/f_n(0) を掛けた値"),
        LocalizedText.Both("1 ± 3√(2·ln n/d), f_n(0) = n(n − 1)∫φ²Φⁿ⁻²"),
        new LocalizedText(
            "docs/experiments/attention-by-hand.md §3, after Derrida 1981",
            "docs/experiments/attention-by-hand.md §3（Derrida 1981 に基づく）"));

    public static readonly Claim MaskedGetsNothing = new(
        "masked-gets-nothing",
        new LocalizedText("A masked position gets exactly no weight, and exactly no gradient.", "マスクされた位置の重みは厳密に 0 で、勾配も厳密に 0 です。"),
        new LocalizedText("largest weight, and largest gradient, of a masked position", "マスクされた位置の重みの最大値と、勾配の最大値"),
        new LocalizedText("0 exactly", "厳密に 0"),
        LocalizedText.Both("e^(−∞) = 0; docs/experiments/attention-by-hand.md §4"));

    public static readonly Claim MaskAfterSoftmax = new(
        "mask-after-softmax",
        new LocalizedText("The mask can as well be applied after the softmax.", "マスクはソフトマックスの後に掛けても同じです。"),
        new LocalizedText("smallest row sum of the example's pattern when masked weights are set to 0 after the softmax", "ソフトマックスの後でマスクした重みを 0 にしたときの、例のパターンの行の和の最小値"),
        LocalizedText.Both("1 ± 1e-6"),
        new LocalizedText("a common mistake; docs/experiments/attention-by-hand.md §4", "よくある間違い; docs/experiments/attention-by-hand.md §4"));

    public static readonly Claim OneHeadOnePattern = new(
        "one-head-one-pattern",
        new LocalizedText("A single head has a single pattern: of a token that needs some features of one place and others of another, the best one misses half.", "1 つのヘッドのパターンは 1 つだけです。ある特徴は一方の場所から、別の特徴は他方の場所から必要なとき、最良のパターンでも半分を取りこぼします。"),
        new LocalizedText("share of the wanted output's square that the best pattern misses", "目標の出力の 2 乗のうち、最良のパターンでも取りこぼす割合"),
        new LocalizedText("½ ± 2√(2/n), n = 2048 wanted features", "½ ± 2√(2/n)、n = 2048 は目標とする特徴の数"),
        LocalizedText.Both("Eckart & Young 1936; docs/experiments/attention-by-hand.md §5"));

    public static readonly Claim TwoHeadsTwoPlaces = new(
        "two-heads-two-places",
        new LocalizedText("Two heads can attend to two places at once.", "2 つのヘッドなら、2 つの場所を同時に参照できます。"),
        new LocalizedText("share of the wanted output's square that two heads miss", "目標の出力の 2 乗のうち、2 つのヘッドが取りこぼす割合"),
        LocalizedText.Both("≤ 1e-12"),
        LocalizedText.Both("docs/experiments/attention-by-hand.md §5"));

    public static readonly Claim MistakesShow = new(
        "mistakes-show",
        new LocalizedText("Each common mistake gives another output, which names the mistake.", "よくある間違いはそれぞれ異なる出力になり、どの間違いかが数値からわかります。"),
        new LocalizedText("largest difference of the example's outputs from the right ones", "例の出力と正しい出力との差の最大値"),
        new LocalizedText("≥ 0.01, what two decimals show", "≥ 0.01（小数第 2 位まで書けば見える差）"),
        LocalizedText.Both("docs/experiments/attention-by-hand.md §6"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All =
        [EngineEqualsHand, RowsSumToOne, ScaleKeepsVariance, ScaledStaysOpen, UnscaledSaturates, MaskedGetsNothing, MaskAfterSoftmax, OneHeadOnePattern, TwoHeadsTwoPlaces, MistakesShow];

    /// <summary>Tests the seeds' findings.</summary>
    /// <param name="example">The example that is shown.</param>
    /// <param name="found">Of each seed.</param>
    /// <param name="widths">The widths of the scores' statistics.</param>
    /// <param name="keys">Keys that a query chooses from there.</param>
    /// <param name="draws">Pairs for a variance.</param>
    public static IEnumerable<ClaimResult> Test(AttentionExample example, AttentionFinding[] found, IReadOnlyList<int> widths, int keys, int draws)
    {
        double rounding = example.Tokens.Length * 1.1920929e-7;
        yield return EngineEqualsHand.Test("output", "≤ 1e-6", Bound.AtMost(1e-6), Interval.Exactly(found.Max(f => f.EngineError)), new LocalizedText(
            "It is the same sum of the same products; what is left is rounding to 24 bits.",
            "同じ積の同じ和であり、差は 24 ビットへの丸めだけです。"));
        yield return RowsSumToOne.Test("pattern", $"≤ {rounding.ToString("0e-0", CultureInfo.InvariantCulture)}", Bound.AtMost(rounding), Interval.Exactly(found.Max(f => f.RowSumError)), new LocalizedText(
            "Softmax divides by the sum.",
            "ソフトマックスは和で割っているからです。"));
        for (int w = 0; w < widths.Count; w++)
        {
            int width = widths[w], index = w;
            string subject = string.Create(CultureInfo.InvariantCulture, $"d = {width}");
            double tolerance = 4 * Math.Sqrt((2 + (6.0 / width)) / draws);
            yield return ScaleKeepsVariance.Test(subject, $"{Number(1 - tolerance)} … {Number(1 + tolerance)}", Bound.Around(1, tolerance), Mean(f => f.Scores[index].Variance / width), new LocalizedText(
                "d independent products of variance 1 add up to variance d; dividing by √d divides the variance by d.",
                "分散 1 の独立な積を d 個足すと分散は d になり、√d で割ると分散は d で割られます。"));
        }

        for (int w = 0; w < widths.Count; w++)
        {
            int width = widths[w], index = w;
            double low = Math.Max(0, 1 - (2 * ScorePrediction.Unevenness(width) / keys)), high = 1 - (1.0 / keys);
            yield return ScaledStaysOpen.Test(string.Create(CultureInfo.InvariantCulture, $"d = {width}"), $"{Number(low)} … {Number(high)}", new Bound(low, high), Mean(f => f.Scores[index].Scaled.Slope), new LocalizedText(
                "Scores of variance 1 differ by factors of e in weight, not of e^√d: many positions share the weight at every width.",
                "分散 1 のスコアなら重みの差は e 倍程度であって e^√d 倍ではなく、どの幅でも多くの位置が重みを分け合います。"));
        }

        int widest = Enumerable.Range(0, widths.Count).MaxBy(w => widths[w]);
        double correction = 3 * Math.Sqrt(2 * Tensors.ReproducibleMath.Log(keys) / widths[widest]);
        if (correction < 0.5)
        {
            double one = Math.Sqrt(widths[widest]) / ScorePrediction.GapDensity(keys);
            yield return UnscaledSaturates.Test(string.Create(CultureInfo.InvariantCulture, $"d = {widths[widest]}"), $"{Number(1 - correction)} … {Number(1 + correction)}", Bound.Around(1, correction), Mean(f => f.Scores[widest].Unscaled.Slope * one), new LocalizedText(
                "Scores lie about √d apart, so the largest takes all, unless the second comes within about 1 of it. The chance of that falls as 1/√d.",
                "スコアどうしの差は √d 程度になり、2 番目が差 1 程度まで迫らない限り、最大のスコアがすべてを取ります。迫る確率は 1/√d で減ります。"));
        }

        if (example.Causal)
        {
            var why = new LocalizedText(
                "A score of −∞ becomes e^(−∞) = 0: no weight, and 0 times anything is no gradient.",
                "スコア −∞ は e^(−∞) = 0 になります。重みが 0 なら、何を掛けても勾配は 0 です。");
            yield return MaskedGetsNothing.Test("weight", "0", new Bound(0, 0), Interval.Exactly(found.Max(f => f.HiddenWeight)), why);
            yield return MaskedGetsNothing.Test("gradient", "0", new Bound(0, 0), Interval.Exactly(found.Max(f => f.HiddenGradient)), why);
            double smallest = new HandAttention(example, AttentionMistake.MaskedAfterSoftmax).Pattern.Min(head => head.Min(row => row.Sum()));
            yield return MaskAfterSoftmax.Test("row sum", "1 ± 1e-6", Bound.Around(1, 1e-6), Interval.Exactly(smallest), new LocalizedText(
                "The softmax has shared the weight out among the hidden positions too. Setting theirs to 0 loses it, most of all for the first tokens, and a gradient still comes from the hidden scores through the sum.",
                "ソフトマックスは隠すべき位置にも重みを配ってしまっています。後から 0 にするとその分が失われ（とくに先頭のトークン）、隠したはずのスコアからも分母の和を通して影響が残ります。"));
        }

        double half = 2 * Math.Sqrt(2.0 / TwoPlaces.Count);
        yield return OneHeadOnePattern.Test("one head", $"{Number(0.5 - half)} … {Number(0.5 + half)}", Bound.Around(0.5, half), Mean(f => f.OneHead), new LocalizedText(
            "A head weighs places, not features: all features come in the same proportion. The wanted map has rank two over the places, a head's has rank one, and the best of rank one misses half.",
            "ヘッドが重みを付けるのは場所であって特徴ではなく、すべての特徴が同じ比率で混ざります。目標の写像は場所についてランク 2、1 つのヘッドはランク 1 で、ランク 1 の最良でも半分を取りこぼします。"));
        yield return TwoHeadsTwoPlaces.Test("two heads", "≤ 1e-12", Bound.AtMost(1e-12), Mean(f => f.TwoHeads), new LocalizedText(
            "Two heads have a pattern each: one looks at the first place, the other at the second.",
            "ヘッドが 2 つあればパターンも 2 つあり、一方が第 1 の場所を、他方が第 2 の場所を見ます。"));

        foreach (AttentionMistake mistake in AttentionMistakes.Of(example))
        {
            yield return MistakesShow.Test(AttentionMistakes.Name(mistake), "≥ 0.01", Bound.AtLeast(Visible), Interval.Exactly(AttentionMistakes.Difference(example, mistake)), AttentionMistakes.Why(mistake));
        }

        Interval Mean(Func<AttentionFinding, double> figure) => Interval.OfMean(found.Select(figure).ToArray());
    }

    /// <summary>Why a claim was tested on nothing.</summary>
    public static OmittedClaim Omit(Claim claim) => new(claim, claim == UnscaledSaturates
        ? new LocalizedText(
            "Its prediction holds for widths far above 2·ln(keys); give widths a larger one, such as 1024.",
            "この予測は 2·ln(keys) よりずっと大きい幅で成り立ちます。widths に 1024 などの大きな値を加えてください。")
        : new LocalizedText(
            "Nothing is masked; it needs mask=causal.",
            "マスクがありません。mask=causal が必要です。"));

    private static string Number(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
