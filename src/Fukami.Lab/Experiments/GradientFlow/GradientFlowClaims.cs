using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="GradientFlow"/>: what each predicts under given settings, and what the profiles say of it.</summary>
internal static class GradientFlowClaims
{
    public static readonly Claim PlainNetVanishes = new(
        "plain-net-vanishes",
        new LocalizedText(
            "Without a skip path the gradient of the hidden state falls geometrically from the last layer to the first.",
            "スキップ経路がないと、隠れ状態の勾配は最後の層から最初の層へ等比級数的に小さくなります。"),
        new LocalizedText(
            "factor per layer of the hidden state's gradient norm on its way down, from a straight line through its logarithm",
            "隠れ状態の勾配ノルムが 1 層下るごとの倍率（対数への直線当てはめから）"),
        new LocalizedText(
            "√(a·m)·e^(±s), s = 3/(4L)·ln(T/H_T) + 2/width; a: variance through value and output weights, m: through the feed-forward sublayer (Xavier and ReLU: √(a·m) = √0.32 = 0.566)",
            "√(a·m)·e^(±s)、s = 3/(4L)·ln(T/H_T) + 2/width。a: value と output の重みによる分散の倍率、m: フィードフォワードによる分散の倍率（Xavier と ReLU なら √(a·m) = √0.32 = 0.566）"),
        new LocalizedText(
            "docs/experiments/gradient-flow.md §1, after Glorot & Bengio 2010 and He et al. 2015",
            "docs/experiments/gradient-flow.md §1（Glorot & Bengio 2010、He et al. 2015 に基づく）"));

    public static readonly Claim SkipKeepsGradient = new(
        "skip-keeps-gradient",
        new LocalizedText(
            "With a skip path the first layer's gradient stays within a factor of the last layer's that grows only as the square root of the depth.",
            "スキップ経路があれば、最初の層の勾配と最後の層の勾配の比は、深さの平方根でしか広がらない範囲に収まります。"),
        new LocalizedText(
            "hidden state's gradient norm at the first layer's input, divided by that at the last layer's output",
            "最初の層の入力での隠れ状態の勾配ノルムを、最後の層の出力でのそれで割った比"),
        new LocalizedText("1/ρ ≤ first/last ≤ ρ, ρ = √(1 + (3a + m)·L/σ₀²)", "1/ρ ≤ 最初/最後 ≤ ρ、ρ = √(1 + (3a + m)·L/σ₀²)"),
        new LocalizedText(
            "docs/experiments/gradient-flow.md §2, after Xiong et al. 2020 and De & Smith 2020",
            "docs/experiments/gradient-flow.md §2（Xiong et al. 2020、De & Smith 2020 に基づく）"));

    public static readonly Claim DirectPathShare = new(
        "direct-path-share",
        new LocalizedText(
            "The skip path is a free way for the gradient: what the skips alone carry reaches the first layer undiminished.",
            "スキップ経路は勾配がそのまま通れる道であり、スキップだけを通った分は最初の層まで減らずに届きます。"),
        new LocalizedText(
            "norm of the direct path's part of the gradient at the first layer's input, divided by the gradient's norm at the last layer's output",
            "最初の層の入力に届く勾配のうち直接経路の分のノルムを、最後の層の出力での勾配ノルムで割った比"),
        LocalizedText.Both("1 ± 0.1"),
        new LocalizedText(
            "He et al. 2016 (identity mappings), eq. 5; docs/experiments/gradient-flow.md §3",
            "He et al. 2016（Identity Mappings）式 5; docs/experiments/gradient-flow.md §3"));

    public static readonly Claim LastLayerScaling = new(
        "last-layer-scaling",
        new LocalizedText(
            "At the start, the gradient of the last layer's second feed-forward matrix shrinks with depth as 1/√L in a pre-norm net and does not change in a post-norm net.",
            "学習開始時、最後の層のフィードフォワード第 2 行列の勾配は、pre-norm では深さに対して 1/√L で小さくなり、post-norm では変わりません。"),
        new LocalizedText(
            "slope of the gradient's norm over depth, both as logarithms",
            "深さに対する勾配ノルムの傾き（両対数）"),
        LocalizedText.Both("pre −0.50 ± 0.08, post 0 ± 0.1, deepnorm −0.50 ± 0.05"),
        new LocalizedText(
            "Xiong et al. 2020, theorem 1; Wang et al. 2022; docs/experiments/gradient-flow.md §4",
            "Xiong et al. 2020 定理 1; Wang et al. 2022; docs/experiments/gradient-flow.md §4"));

    public static readonly Claim PostNormFactor = new(
        "post-norm-factor",
        new LocalizedText(
            "In a post-norm net the normalization stands on the skip path, and its Jacobian shrinks the gradient layer by layer.",
            "post-norm では正規化がスキップ経路の上にあり、そのヤコビ行列が層ごとに勾配を小さくします。"),
        new LocalizedText(
            "factor per layer on the way down: of the direct path's gradient, and of the whole hidden state's gradient",
            "1 層下るごとの倍率。直接経路の勾配と、隠れ状態の勾配全体のそれぞれについて"),
        LocalizedText.Both("1/√((1+a)(1+m)) … 1/√(1+m)"),
        new LocalizedText(
            "Xiong et al. 2020, lemma 3; docs/experiments/gradient-flow.md §5",
            "Xiong et al. 2020 補題 3; docs/experiments/gradient-flow.md §5"));

    public static readonly Claim SameInEveryLayer = new(
        "same-in-every-layer",
        new LocalizedText(
            "With residual connections the gradient stays the same in every layer.",
            "残差接続があれば、勾配はどの層でも同じ大きさに保たれます。"),
        new LocalizedText(
            "gradient norm of the feed-forward's second matrix at the first layer, divided by that at the last layer",
            "フィードフォワード第 2 行列の勾配ノルムの、最初の層と最後の層の比"),
        LocalizedText.Both("1 ± 0.1"),
        new LocalizedText(
            "the sentence as many lessons have it, taken at its word; docs/experiments/gradient-flow.md §6",
            "多くの教材にある説明を文字どおりに受け取ったもの; docs/experiments/gradient-flow.md §6"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All = [PlainNetVanishes, SkipKeepsGradient, DirectPathShare, LastLayerScaling, PostNormFactor, SameInEveryLayer];

    /// <summary>Tests what can be tested on one arrangement's profiles.</summary>
    /// <param name="arrangement">The arrangement.</param>
    /// <param name="settings">The nets' settings.</param>
    /// <param name="fresh">Whether the nets are as initialization left them; predictions from the weights' variances hold only then.</param>
    /// <param name="average">The estimate over the profiles of a figure that varies by factors.</param>
    public static IEnumerable<ClaimResult> Test(Arrangement arrangement, TransformerSettings settings, bool fresh, Func<Func<GradientProfile, double>, Interval> average)
    {
        var v = new InitialVariances(settings);
        int depth = settings.Depth;
        if (fresh && arrangement.Residual is "none" && depth > 1)
        {
            yield return TestPlain(arrangement, settings, v, average(p => ReproducibleMath.Exp(p.HiddenFit.Slope)));
        }

        if (!arrangement.HasSkip)
        {
            yield break;
        }

        if (fresh)
        {
            yield return TestSkip(arrangement, depth, v, average(p => p.FirstOverLast));
        }

        Interval gain = average(p => p.DirectGain);
        yield return DirectPathShare.Test(arrangement.Name, "0.9 … 1.1", Bound.Around(1, 0.1), gain, Reason(gain, WhyDirect(arrangement)));
        if (depth > 1)
        {
            Interval weights = average(p => p.Weight[0] / p.Weight[^1]);
            yield return SameInEveryLayer.Test(arrangement.Name, "0.9 … 1.1", Bound.Around(1, 0.1), weights, Reason(weights, WhyNotSame(arrangement)));
        }

        if (fresh && arrangement is { Residual: "post", NormalizesRows: true } && settings.Activation is "relu" && depth > 1)
        {
            double low = 1 / Math.Sqrt((1 + v.Attention) * (1 + v.FeedForward)), high = 1 / Math.Sqrt(1 + v.FeedForward);
            var bound = new Bound(low, high);
            string prediction = $"{Number(low)} … {Number(high)}";
            Interval direct = average(p => ReproducibleMath.Exp(p.DirectFit.Slope)), whole = average(p => ReproducibleMath.Exp(p.HiddenFit.Slope));
            yield return PostNormFactor.Test(
                $"{arrangement.Name} (direct path)",
                prediction,
                bound,
                direct,
                Reason(direct, new LocalizedText(
                    "Each sublayer adds its branch's variance to the stream, and the normalization divides by the new deviation. Through the skips alone, that division is all that happens to the gradient.",
                    "各サブレイヤーは枝の分散をストリームに加え、正規化は増えた標準偏差で割ります。スキップだけを通る勾配に起きるのは、この割り算だけです。")));
            yield return PostNormFactor.Test(
                arrangement.Name,
                prediction,
                bound,
                whole,
                Reason(whole, new LocalizedText(
                    "The whole gradient shrinks over the uppermost layers only. Below them the branches give back what the normalization takes: their matrices have the same entries forward and backward, so a branch adds to the gradient in the proportion in which it adds to the stream.",
                    "勾配全体が小さくなるのは上の数層だけです。その下では、正規化が奪う分を枝が埋め合わせます。行列の要素は順方向でも逆方向でも同じなので、枝はストリームに足すのと同じ割合で勾配にも足すからです。")));
        }
    }

    // a figure that is not one has another reason than the physics of the net
    private static LocalizedText Reason(Interval measured, LocalizedText why) => double.IsNaN(measured.Estimate)
        ? new LocalizedText(
            "The numbers leave the range of single precision (1e-38 to 3e38), so there is nothing to measure; choose a smaller depth.",
            "数値が単精度の範囲（1e-38 から 3e38）を外れたため測れません。depth を小さくしてください。")
        : why;

    /// <summary>What last-layer-scaling predicts of an arrangement's slope, or null where it says nothing.</summary>
    public static (string Text, Bound Bound)? PredictSlope(Arrangement arrangement, TransformerSettings settings) =>
        (settings.Initialization is "xavier" && arrangement.NormalizesRows ? arrangement.Residual : "") switch
        {
            "pre" => ("−0.50 ± 0.08", Bound.Around(-0.5, 0.08)),
            "post" => ("0 ± 0.1", Bound.Around(0, 0.1)),
            "deepnorm" => ("−0.50 ± 0.05", Bound.Around(-0.5, 0.05)),
            _ => null,
        };

    /// <summary>Tests an arrangement's slope.</summary>
    public static ClaimResult TestSlope(Arrangement arrangement, (string Text, Bound Bound) prediction, Interval slope) =>
        LastLayerScaling.Test(arrangement.Name, prediction.Text, prediction.Bound, slope, arrangement.Residual switch
        {
            "pre" => new LocalizedText(
                "The stream's variance grows in proportion to the depth, and the final normalization divides the gradient by its square root.",
                "ストリームの分散は深さに比例して大きくなり、最後の正規化が勾配をその平方根で割ります。"),
            "post" => new LocalizedText(
                "The last normalization makes the stream the same size whatever the depth, so the last layer cannot know how deep it lies.",
                "最後の正規化がストリームの大きさを深さによらず揃えるので、最後の層は自分がどれだけ深いところにあるかを知りようがありません。"),
            _ => new LocalizedText(
                "β = (8L)^(−1/4) scales what stands before the matrix, and the sum that the normalization divides is α = (2L)^(1/4) times as large: together 1/√L.",
                "行列の手前の重みは β = (8L)^(−1/4) 倍され、正規化が割る和は α = (2L)^(1/4) 倍になります。合わせて 1/√L です。"),
        });

    /// <summary>Why a claim was tested on nothing.</summary>
    public static OmittedClaim Omit(Claim claim, bool fresh)
    {
        if (!fresh && claim != DirectPathShare && claim != SameInEveryLayer)
        {
            return new OmittedClaim(claim, new LocalizedText(
                "Its prediction follows from the variances of fresh weights; a trained model has others. Leave the setting model empty to test it.",
                "この予測は初期化直後の重みの分散から導かれるもので、学習済みモデルには当てはまりません。検証するには設定 model を空にしてください。"));
        }

        (string english, string japanese) = claim.Id switch
        {
            "plain-net-vanishes" => ("residual=none and at least two layers", "residual=none と 2 層以上"),
            "last-layer-scaling" => (
                "residual=pre, post or deepnorm with norm=layer or rms, initialization=xavier, and at least two depths",
                "residual=pre、post、deepnorm のいずれか、norm=layer または rms、initialization=xavier、2 つ以上の depths"),
            "same-in-every-layer" => ("an arrangement with a skip path and at least two layers", "スキップ経路のある配置と 2 層以上"),
            "post-norm-factor" => (
                "residual=post with norm=layer or rms, activation=relu, and at least two layers",
                "residual=post、norm=layer または rms、activation=relu、2 層以上"),
            _ => ("an arrangement with a skip path, such as residual=pre", "スキップ経路のある配置（residual=pre など）"),
        };
        return new OmittedClaim(claim, new LocalizedText(
            $"Its prediction is about none of what was selected; it needs {english}.",
            $"選ばれた設定の中に、この予測が当てはまるものがありません。{japanese}が必要です。"));
    }

    private static ClaimResult TestPlain(Arrangement arrangement, TransformerSettings settings, InitialVariances v, Interval factor)
    {
        double predicted = Math.Sqrt(v.Attention * v.FeedForward);
        double slack = ReproducibleMath.Exp((0.75 / settings.Depth * AveragingLoss(settings)) + (2.0 / settings.Width));
        LocalizedText why = Reason(factor, new LocalizedText(
            "Every layer multiplies the gradient by its Jacobian, and nothing is added: L small factors make a power.",
            "各層は勾配に自分のヤコビ行列を掛けるだけで、何も足しません。小さな倍率が L 個掛かって累乗になります。"));
        return settings.Activation is "relu" && predicted * slack < 1
            ? PlainNetVanishes.Test(arrangement.Name, $"{Number(predicted / slack)} … {Number(predicted * slack)}", new Bound(predicted / slack, predicted * slack), factor, why)
            : PlainNetVanishes.Test(arrangement.Name, "< 1", Bound.AtMost(1), factor, why);
    }

    // ln(T/H_T): how much of the gradient's square the pattern averages away at most; an encoder's averages over all T positions
    private static double AveragingLoss(TransformerSettings settings)
    {
        double harmonic = 0;
        for (int i = 1; i <= settings.Length; i++)
        {
            harmonic += 1.0 / i;
        }

        return ReproducibleMath.Log(settings.Kind is "encoder" ? settings.Length : settings.Length / harmonic);
    }

    private static ClaimResult TestSkip(Arrangement arrangement, int depth, InitialVariances v, Interval ratio)
    {
        // the inner normalization of a sandwich sets what each branch adds to 1, whatever the weights
        double added = arrangement.Residual is "sandwich" && arrangement.Norm is not "none" ? 4 : (3 * v.Attention) + v.FeedForward;
        double rho = Math.Sqrt(1 + (added * depth / v.Stream));
        return SkipKeepsGradient.Test(arrangement.Name, $"{Number(1 / rho)} … {Number(rho)}", new Bound(1 / rho, rho), ratio, Reason(ratio, arrangement.Residual switch
        {
            _ when arrangement.Norm is "none" || arrangement.Residual is "plain" => new LocalizedText(
                "Without normalization a branch grows with the stream that it reads, so each layer multiplies the gradient instead of adding to it: a skip path alone does not keep it.",
                "正規化がないと枝の出力は読み込むストリームとともに大きくなり、各層は勾配に足すのではなく掛けることになります。スキップ経路だけでは勾配は保たれません。"),
            "rezero" => new LocalizedText(
                "Every branch begins at zero, so the net begins as the identity.",
                "どの枝もゼロから始まるので、ネット全体が恒等写像から始まります。"),
            "post" => new LocalizedText(
                "The normalizations on the skip path take away what the branches add, so what arrives is not what the skip path carried (see direct-path-share). Each also removes two of d directions, which tells over hundreds of layers.",
                "スキップ経路上の正規化が枝の足す分を取り去るので、届くのはスキップ経路が運んだものではありません（direct-path-share を参照）。正規化はそのつど d 方向のうち 2 方向を取り除き、数百層ではそれが効いてきます。"),
            "deepnorm" => new LocalizedText(
                "α weighs the skip path so heavily that a branch adds next to nothing at the start.",
                "α がスキップ経路を重くするため、開始時の枝の寄与はごくわずかです。"),
            _ => new LocalizedText(
                "Each layer adds a like amount to the gradient's square, so it grows towards the first layer as a sum, not as a product. It is not the same in every layer.",
                "各層は勾配の 2 乗に同じ程度の量を足すので、最初の層に向かって積ではなく和として増えます。全層で同じ大きさになるわけではありません。"),
        }));
    }

    private static LocalizedText WhyNotSame(Arrangement arrangement) => arrangement.Residual switch
    {
        "rezero" => new LocalizedText(
            "The hidden gradient is the same everywhere at the start, but α = 0 lets none of it into a branch: no matrix has a gradient yet, and 0/0 is no ratio.",
            "開始時、隠れ状態の勾配はどの層でも同じですが、α = 0 なので枝の中には届きません。どの行列の勾配もまだ 0 で、比が定まりません。"),
        "deepnorm" => new LocalizedText(
            "α weighs the skip path so heavily that the branches above add next to nothing to the gradient at the start.",
            "α がスキップ経路を重くするため、開始時に上の枝が勾配に足す分はごくわずかです。"),
        _ when arrangement.NormalizesSkip => new LocalizedText(
            "What a matrix receives is the gradient behind its layer, after all normalizations above; nothing holds it at one size.",
            "行列に届くのは、その層より上のすべての正規化を通ってきた勾配です。大きさを一定に保つものはありません。"),
        _ => new LocalizedText(
            "What is the same in every layer is the skip path's part. The whole also has what came back through the branches above, and a lower layer has more branches above it.",
            "どの層でも同じなのはスキップ経路の分だけです。勾配全体には上の枝を通って戻ってきた分も加わり、下の層ほど上にある枝が多くなります。"),
    };

    private static LocalizedText WhyDirect(Arrangement arrangement) => arrangement switch
    {
        { NormalizesSkip: false } => new LocalizedText(
            "Nothing stands on the skip path: its Jacobian is the identity in every layer.",
            "スキップ経路の上には何もなく、どの層でもヤコビ行列は恒等行列です。"),
        { Residual: "deepnorm", Norm: "power" } => new LocalizedText(
            "Power normalization divides by a running quadratic mean, which is 1 before training: nothing takes back the α by which the skip was multiplied.",
            "power 正規化で割る数は 2 乗平均の移動平均で、学習前は 1 です。スキップに掛けた α を打ち消すものがありません。"),
        { Residual: "deepnorm", Norm: "dyt" } => new LocalizedText(
            "What comes through the skip path is multiplied by deepnorm's α and by the slope of dynamic tanh, and neither knows of the other.",
            "スキップ経路を通る勾配には deepnorm の α と dynamic tanh の傾きが掛かりますが、この 2 つは互いに無関係です。"),
        { Residual: "deepnorm" } => new LocalizedText(
            "The normalization stands on the skip path too, but divides by little more than the α by which the skip was multiplied.",
            "正規化はスキップ経路の上にもありますが、割る数はスキップに掛けた α よりわずかに大きいだけです。"),
        { Norm: "power" } => new LocalizedText(
            "Power normalization stands on the skip path, but divides by a running quadratic mean, which is 1 before training: in a fresh net the skip path is as it was.",
            "power 正規化はスキップ経路の上にありますが、割る数は 2 乗平均の移動平均で、学習前は 1 です。初期化したばかりのネットでは、スキップ経路はそのままです。"),
        { Norm: "dyt" } => new LocalizedText(
            "Dynamic tanh stands on the skip path after every sublayer and multiplies what comes through by its slope, which is α at most.",
            "スキップ経路の上、各サブレイヤーの後に dynamic tanh があり、通る勾配にその傾き（最大で α）を掛けます。"),
        _ => new LocalizedText(
            "A normalization stands on the skip path after every sublayer and divides what comes through by the deviation of the sum. This is the order that most lessons draw.",
            "スキップ経路の上、各サブレイヤーの後に正規化があり、通る勾配を和の標準偏差で割ります。多くの教材が描いているのはこの順序です。"),
    };

    private static string Number(double number) => number.ToString(number < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
