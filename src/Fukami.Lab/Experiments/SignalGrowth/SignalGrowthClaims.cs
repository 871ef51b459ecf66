using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="SignalGrowth"/>.</summary>
internal static class SignalGrowthClaims
{
    public static readonly Claim Law = new(
        "depth-law",
        new LocalizedText(
            "Where the normalization stands decides how the stream grows with depth: not at all, as a logarithm, as a sum or as a power.",
            "正規化をどこに置くかで、ストリームが深さとともに増えない・対数で増える・比例して増える・累乗で増える、のどれになるかが決まります。"),
        new LocalizedText(
            "mean square of a feature after the last layer, in units of that before the first (where a normalization ends the layer: as it is)",
            "最後の層の後の特徴の 2 乗平均を、最初の層の前のそれで割った比（層の最後が正規化の場合は 2 乗平均そのもの）"),
        new LocalizedText(
            "a law for each arrangement; a: variance through value and output weights, m: through the feed-forward sublayer",
            "配置ごとの法則。a: value と output の重みによる分散の倍率、m: フィードフォワードによる分散の倍率"),
        LocalizedText.Both("docs/experiments/signal-growth.md §1"));

    public static readonly Claim PostConstant = new(
        "post-norm-constant",
        new LocalizedText(
            "In a post-norm net the mean squared norm in front of the last normalization of every layer is 1.5 times the width.",
            "post-norm では、各層の最後の正規化の直前での 2 乗ノルムの平均が、どの層でも width の 1.5 倍です。"),
        new LocalizedText("mean squared norm divided by the width in Xiong's setting, mean over layers; and its trend from the first layer to the last", "Xiong らの設定での 2 乗ノルムの平均を width で割った値。全層の平均と、最初の層から最後の層までの変化"),
        new LocalizedText(
            "1.50 ± 3·√(3.75/(d·L)), trend 0 ± 3·√(45/(d·L))",
            "1.50 ± 3·√(3.75/(d·L))、最初の層から最後の層までの変化は 0 ± 3·√(45/(d·L))"),
        new LocalizedText(
            "Xiong et al. 2020, lemma 2; docs/experiments/signal-growth.md §2",
            "Xiong et al. 2020 補題 2; docs/experiments/signal-growth.md §2"));

    public static readonly Claim PreLinear = new(
        "pre-norm-linear",
        new LocalizedText(
            "In a pre-norm net the mean squared norm of the stream grows linearly with the layer.",
            "pre-norm では、ストリームの 2 乗ノルムの平均が層の番号に比例して増えます。"),
        new LocalizedText("mean squared norm divided by the width in Xiong's setting: after the last layer, and its slope over the layers", "Xiong らの設定での 2 乗ノルムの平均を width で割った値。最後の層の後の値と、層に対する傾き"),
        new LocalizedText("1 + L/2 ≤ s_L ≤ 1 + 3L/2, slope ½ … 3/2", "1 + L/2 ≤ s_L ≤ 1 + 3L/2、傾きは ½ … 3/2"),
        new LocalizedText(
            "Xiong et al. 2020, lemma 2; docs/experiments/signal-growth.md §2",
            "Xiong et al. 2020 補題 2; docs/experiments/signal-growth.md §2"));

    public static readonly Claim ScaledStart = new(
        "scaled-start-keeps-size",
        new LocalizedText(
            "With GPT-2's factor 1/√(2L) on what writes to the stream, a deep net's stream is no larger than a shallow one's.",
            "ストリームに書き込む重みを GPT-2 のように 1/√(2L) 倍すると、深いネットのストリームも浅いネットと同じ大きさになります。"),
        new LocalizedText("root mean square of the stream after the last layer: that of the deepest net divided by that of the shallowest", "最後の層の後のストリームの二乗平均平方根。最も深いネットの値を最も浅いネットの値で割った比"),
        LocalizedText.Both("1/ρ … ρ, ρ = √((σ² + (a + m)/2)/(σ² + m/2))"),
        LocalizedText.Both("Radford et al. 2019 §2.3; docs/experiments/signal-growth.md §3"));

    public static readonly Claim UnscaledStart = new(
        "unscaled-start-grows",
        new LocalizedText(
            "Without that factor the stream grows with the square root of the depth.",
            "この係数がないと、ストリームは深さの平方根で大きくなります。"),
        new LocalizedText("root mean square of the stream after the last layer: that of the deepest net divided by that of the shallowest", "最後の層の後のストリームの二乗平均平方根。最も深いネットの値を最も浅いネットの値で割った比"),
        new LocalizedText(
            "√((σ² + m·L)/(σ² + (a + m)·l)) … √((σ² + (a + m)·L)/(σ² + m·l)); l, L: the least and the greatest depth",
            "√((σ² + m·L)/(σ² + (a + m)·l)) … √((σ² + (a + m)·L)/(σ² + m·l))。l は最小、L は最大の深さ"),
        LocalizedText.Both("docs/experiments/signal-growth.md §3"));

    public static readonly Claim FromWeights = new(
        "size-from-weights",
        new LocalizedText(
            "The stream's size follows from the variances of the initial weights alone.",
            "ストリームの大きさは、初期重みの分散だけから計算できます。"),
        new LocalizedText("measured root mean square after the last layer divided by the recursion's, GPT-2's start", "GPT-2 の初期化での、最後の層の後の二乗平均平方根の実測値を、漸化式の値で割った比"),
        LocalizedText.Both("1 ± √(2/d)"),
        LocalizedText.Both("docs/experiments/signal-growth.md §4"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All = [Law, PostConstant, PreLinear, ScaledStart, UnscaledStart, FromWeights];

    /// <summary>Holds an arrangement against its law.</summary>
    public static ClaimResult TestLaw(Arrangement arrangement, DepthLaw law, Interval measured)
    {
        LocalizedText why = double.IsFinite(measured.Estimate)
            ? law.Why
            : new LocalizedText(
                "The numbers leave the range of single precision (1e-38 to 3e38), so there is nothing to measure; choose a smaller depth.",
                "数値が単精度の範囲（1e-38 から 3e38）を外れたため測れません。depth を小さくしてください。");
        return Law.Test(arrangement.Name, $"{law.Formula}: {Range(law.Bound)}", law.Bound, measured, why);
    }

    /// <summary>Tests the post-norm half of lemma 2.</summary>
    /// <param name="net">The net.</param>
    /// <param name="mean">Mean over the layers.</param>
    /// <param name="trend">Slope over the layers, times their number less one; null for a single layer.</param>
    public static IEnumerable<ClaimResult> TestPost(TransformerSettings net, Interval mean, Interval? trend)
    {
        double cells = (double)net.Width * net.Depth;
        var bound = Bound.Around(1.5, 3 * Math.Sqrt(3.75 / cells));
        yield return PostConstant.Test("post (mean over layers)", Range(bound), bound, mean, new LocalizedText(
            "The normalization inside the layer leaves 1 per feature. The feed-forward part adds ½: ReLU keeps half of the second moment.",
            "層の中の正規化で特徴あたり 1 になり、ReLU が 2 乗平均の半分を残すので、フィードフォワードが ½ を加えます。"));
        if (trend is { } measured)
        {
            bound = Bound.Around(0, 3 * Math.Sqrt(45 / cells));
            yield return PostConstant.Test("post (trend)", Range(bound), bound, measured, new LocalizedText(
                "Every layer begins from a normalized stream, so no layer knows how many stand before it.",
                "どの層も正規化されたストリームから始まるので、手前に何層あるかは影響しません。"));
        }
    }

    /// <summary>Tests the pre-norm half of lemma 2.</summary>
    /// <param name="net">The net.</param>
    /// <param name="last">After the last layer.</param>
    /// <param name="slope">Per layer; null for a single layer.</param>
    public static IEnumerable<ClaimResult> TestPre(TransformerSettings net, Interval last, Interval? slope)
    {
        var why = new LocalizedText(
            "Each feed-forward part adds ½, each attention between 0 (unlike positions average away) and 1 (positions alike). Nothing is ever divided.",
            "フィードフォワードはそれぞれ ½ を、アテンションは 0（異なる位置が平均で打ち消し合う）から 1（位置どうしが同じ）を足します。割られることはありません。");
        var bound = new Bound(1 + (net.Depth / 2.0), 1 + (1.5 * net.Depth));
        yield return PreLinear.Test("pre (last layer)", Range(bound), bound, last, why);
        if (slope is { } measured)
        {
            bound = new Bound(0.5, 1.5);
            yield return PreLinear.Test("pre (per layer)", Range(bound), bound, measured, why);
        }
    }

    /// <summary>Tests how the stream of a start depends on the depth.</summary>
    /// <param name="start"><c>gpt2-scaled</c> or <c>gpt2</c>.</param>
    /// <param name="shallow">The shallowest net.</param>
    /// <param name="deep">The deepest net.</param>
    /// <param name="ratio">The deepest net's root mean square in units of the shallowest one's.</param>
    public static ClaimResult TestStart(string start, TransformerSettings shallow, TransformerSettings deep, Interval ratio)
    {
        var gains = new WeightGains(shallow with { Initialization = "gpt2" });
        double s = gains.Embedding, a = gains.Attention, m = gains.Down * ActivationKernel.Gelu(gains.Up, gains.Up, gains.Up);
        if (start is "gpt2-scaled")
        {
            double rho = Math.Sqrt((s + ((a + m) / 2)) / (s + (m / 2)));
            var kept = new Bound(1 / rho, rho);
            return ScaledStart.Test(start, Range(kept), kept, ratio, new LocalizedText(
                "2L branches of a 2L-th of the variance: the sum does not depend on L.",
                "分散が 2L 分の 1 の枝を 2L 本足すので、和は L によりません。"));
        }

        double l = shallow.Depth, big = deep.Depth;
        var grown = new Bound(Math.Sqrt((s + (m * big)) / (s + ((a + m) * l))), Math.Sqrt((s + ((a + m) * big)) / (s + (m * l))));
        return UnscaledStart.Test(start, Range(grown), grown, ratio, new LocalizedText(
            "Every branch adds a like variance, so the variance is proportional to the depth and the size to its root.",
            "どの枝も同じ程度の分散を足すので、分散は深さに、大きさはその平方根に比例します。"));
    }

    /// <summary>Holds a start's measured size against the recursion.</summary>
    public static ClaimResult TestFromWeights(TransformerSettings net, Interval ratio)
    {
        var bound = Bound.Around(1, Math.Sqrt(2.0 / net.Width));
        return FromWeights.Test(
            string.Create(CultureInfo.InvariantCulture, $"{net.Initialization}, depth {net.Depth}"),
            Range(bound),
            bound,
            ratio,
            new LocalizedText(
                "With many features a feature's covariance between positions is all that a fresh layer's output depends on, and it can be computed layer by layer.",
                "特徴が多ければ、初期状態の層の出力は位置どうしの共分散だけで決まり、それは層ごとに計算できます。"));
    }

    /// <summary>Why a claim was tested on nothing.</summary>
    public static OmittedClaim Omit(Claim claim) => new(claim, claim == Law
        ? new LocalizedText(
            "There is no law for what was selected; it needs norm=layer or rms (or an arrangement without a normalization) and activation=relu or gelu.",
            "選ばれた設定に当てはまる法則がありません。norm=layer または rms（または正規化のない配置）と、activation=relu または gelu が必要です。")
        : claim == FromWeights
            ? new LocalizedText("The recursion holds sentences of up to 256 tokens; choose a smaller length.", "漸化式で扱えるのは 256 トークンまでの文です。length を小さくしてください。")
            : new LocalizedText("It compares two depths; give at least two in the setting depths.", "2 つの深さを比べる主張です。設定 depths に 2 つ以上指定してください。"));

    private static string Range(Bound bound) => double.IsNegativeInfinity(bound.Low) ? $"≤ {Number(bound.High)}"
        : bound.Low == bound.High ? $"= {Number(bound.Low)}"
        : $"{Number(bound.Low)} … {Number(bound.High)}";

    private static string Number(double number) =>
        number.ToString(Math.Abs(number) is >= 0.01 and < 1000 or 0 ? "0.###" : "0.##e+0", CultureInfo.InvariantCulture);
}
