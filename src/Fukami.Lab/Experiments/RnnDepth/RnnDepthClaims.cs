using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="RnnDepth"/>: what each predicts of a net, and what its gradients say of it.</summary>
internal static class RnnDepthClaims
{
    public static readonly Claim DepthVanishes = new(
        "rnn-depth-vanishes",
        new LocalizedText(
            "In a stack of recurrent layers without skip paths the gradient falls geometrically from layer to layer, gates or not.",
            "スキップ経路のない再帰層の積み重ねでは、ゲートの有無にかかわらず、勾配は層を下るごとに等比級数的に小さくなります。"),
        new LocalizedText(
            "factor per layer of the hidden state's gradient norm on its way down, from a straight line through its logarithm",
            "隠れ状態の勾配ノルムが 1 層下るごとの倍率（対数への直線当てはめから）"),
        new LocalizedText(
            "MF · e^(±s), MF: mean-field factor, s = 4/width + 2/√(2·width·L), where that is below 1; else < 1",
            "MF · e^(±s)、MF: 平均場理論による倍率、s = 4/width + 2/√(2·width·L)。この範囲が 1 未満に収まらないときは < 1"),
        new LocalizedText(
            "docs/experiments/rnn-depth.md §1, after Schoenholz et al. 2017 and Gilboa et al. 2019",
            "docs/experiments/rnn-depth.md §1（Schoenholz et al. 2017、Gilboa et al. 2019 に基づく）"));

    public static readonly Claim TimeVanishes = new(
        "rnn-time-vanishes",
        new LocalizedText(
            "Over time the gradient of a recurrent layer changes by a constant factor a step, set by the variance of the recurrent weights, the activation's slope and the forget gate.",
            "再帰層の勾配は時間を 1 ステップさかのぼるごとに一定の倍率で変わります。倍率を決めるのは、再帰重みの分散、活性化関数の傾き、忘却ゲートです。"),
        new LocalizedText(
            "factor per time step of the gradient of the last step's loss with respect to the last layer's hidden state",
            "最終ステップの損失の、最上層の隠れ状態に関する勾配が、1 ステップさかのぼるごとの倍率"),
        new LocalizedText(
            "MF · e^(±s), MF: mean-field factor, s = 4/width + 2/√(2·width·(T−1)); Elman: √(g²·E tanh′²), LSTM: at least √(E f²)",
            "MF · e^(±s)、MF: 平均場理論による倍率（Elman では √(g²·E tanh′²)、LSTM では √(E f²) 以上）、s = 4/width + 2/√(2·width·(T−1))"),
        new LocalizedText(
            "docs/experiments/rnn-depth.md §2, after Bengio et al. 1994, Pascanu et al. 2013, Chen et al. 2018, Gilboa et al. 2019",
            "docs/experiments/rnn-depth.md §2（Bengio et al. 1994、Pascanu et al. 2013、Chen et al. 2018、Gilboa et al. 2019 に基づく）"));

    public static readonly Claim GatesKeepDepth = new(
        "gates-keep-depth",
        new LocalizedText(
            "What gates do for the gradient over time they do over depth too: a layer costs it no more than a time step.",
            "ゲートが時間方向の勾配にもたらす効果は深さ方向にも働き、1 層下っても、1 ステップさかのぼるより大きくは減りません。"),
        new LocalizedText("factor per layer divided by factor per time step", "1 層あたりの倍率を 1 ステップあたりの倍率で割った比"),
        LocalizedText.Both("≥ 1"),
        new LocalizedText(
            "a popular reading of Hochreiter & Schmidhuber 1997; docs/experiments/rnn-depth.md §3",
            "Hochreiter & Schmidhuber 1997 のよくある解釈; docs/experiments/rnn-depth.md §3"));

    public static readonly Claim GainOneKeeps = new(
        "gain-one-keeps",
        new LocalizedText(
            "Recurrent weights of gain one keep the gradient the same over time.",
            "再帰重みのゲインを 1 にすれば、勾配は時間をさかのぼっても同じ大きさに保たれます。"),
        new LocalizedText(
            "factor per time step of one Elman layer at a recurrent gain of 1",
            "再帰ゲイン 1 の Elman 層 1 層での、1 ステップあたりの倍率"),
        LocalizedText.Both("e^(±s), s = 4/width + 2/√(2·width·(T−1))"),
        new LocalizedText(
            "a popular reading of Pascanu et al. 2013; docs/experiments/rnn-depth.md §4",
            "Pascanu et al. 2013 のよくある解釈; docs/experiments/rnn-depth.md §4"));

    public static readonly Claim EveryStepOnThePath = new(
        "every-step-on-the-path",
        new LocalizedText(
            "The gradient from the last step back to an early one must pass through every step in between.",
            "最終ステップから初めのほうのステップへ戻る勾配は、間にあるすべてのステップを通らなければなりません。"),
        new LocalizedText(
            "share of the early embeddings' gradient that is left when the middle step's state is held constant in every layer",
            "中央のステップの状態を全層で定数に固定したとき、それより前の埋め込みに残る勾配の割合"),
        new LocalizedText("0 exactly", "厳密に 0"),
        new LocalizedText(
            "Vaswani et al. 2017, table 1 (maximum path length: n for recurrence, 1 for attention); docs/experiments/rnn-depth.md §5",
            "Vaswani et al. 2017 表 1（最大経路長は、再帰では n、アテンションでは 1）; docs/experiments/rnn-depth.md §5"));

    public static readonly Claim KeepsDistance = new(
        "attention-keeps-distance",
        new LocalizedText(
            "In a Transformer the gradient does not fall with the distance between two tokens.",
            "Transformer の勾配は、2 つのトークンの距離が離れても小さくなりません。"),
        new LocalizedText(
            "factor per position of the gradient of the last position's loss with respect to the embeddings before it",
            "最終位置の損失の、それより前の埋め込みに関する勾配が、1 位置離れるごとの倍率"),
        LocalizedText.Both("≥ e^(−s), s = √(12/K³), K = T − 2"),
        new LocalizedText(
            "Vaswani et al. 2017, table 1; docs/experiments/rnn-depth.md §6",
            "Vaswani et al. 2017 表 1; docs/experiments/rnn-depth.md §6"));

    public static readonly Claim SkipKeepsDepth = new(
        "skip-keeps-depth",
        new LocalizedText(
            "A skip path past every layer keeps the gradient over depth, in a recurrent stack as in a Transformer.",
            "各層をまたぐスキップ経路があれば、再帰層の積み重ねでも Transformer でも、深さ方向の勾配は保たれます。"),
        new LocalizedText(
            "gradient norm at the first layer's input, divided by that at the last layer's output",
            "最初の層の入力での勾配ノルムを、最後の層の出力でのそれで割った比"),
        new LocalizedText(
            "1 ≤ first/last ≤ MF · e^(s·L); Transformer: 1/ρ ≤ first/last ≤ ρ, ρ = √(1 + (3a + m)·L/σ₀²)",
            "再帰層では 1 ≤ 最初/最後 ≤ MF · e^(s·L)、Transformer では 1/ρ ≤ 最初/最後 ≤ ρ（ρ = √(1 + (3a + m)·L/σ₀²)）"),
        LocalizedText.Both("docs/experiments/rnn-depth.md §7; docs/experiments/gradient-flow.md §2"));

    public static readonly Claim SkipKeepsTime = new(
        "skip-keeps-time",
        new LocalizedText(
            "The skip path past every layer keeps the gradient over time as well.",
            "各層をまたぐスキップ経路は、時間方向の勾配も保ちます。"),
        new LocalizedText(
            "factor per time step of the gradient of the last step's loss with respect to the last layer's hidden state",
            "最終ステップの損失の、最上層の隠れ状態に関する勾配が、1 ステップさかのぼるごとの倍率"),
        LocalizedText.Both("≥ e^(−s), s = 4/width + 2/√(2·width·(T−1))"),
        LocalizedText.Both("docs/experiments/rnn-depth.md §7"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All =
        [DepthVanishes, TimeVanishes, GatesKeepDepth, GainOneKeeps, EveryStepOnThePath, KeepsDistance, SkipKeepsDepth, SkipKeepsTime];

    /// <summary>Tests what can be tested on one net.</summary>
    /// <param name="net">The net.</param>
    /// <param name="prediction">Its mean-field theory, of a recurrent net.</param>
    /// <param name="average">The estimate over the seeds of a figure that varies by factors.</param>
    public static IEnumerable<ClaimResult> Test(RnnDepthNet net, RecurrentPrediction? prediction, Func<Func<RnnDepthFinding, double>, Interval> average) =>
        net.Transformer is { } transformer
            ? TestTransformer(net, transformer, average)
            : TestRecurrent(net, net.Recurrent!, prediction!, average);

    /// <summary>Tests a recurrent gain of 1 on the sweep over gains.</summary>
    public static ClaimResult TestGain(RecurrentSettings settings, double predicted, Interval factor)
    {
        double s = Slack(settings.Width, settings.Length - 1);
        return GainOneKeeps.Test(
            "elman",
            $"{Number(Exp(-s))} … {Number(Exp(s))} (MF {Number(predicted)})",
            new Bound(Exp(-s), Exp(s)),
            factor,
            new LocalizedText(
                "A gain of one is what the weights alone would need. The activation's slope multiplies at every step too, and below one it is everywhere but at zero: only vanishing signals feel the gain alone.",
                "ゲイン 1 は重みだけを見た場合の条件です。活性化関数の傾きも毎ステップ掛かり、それはゼロ以外のどこでも 1 未満です。ゲインだけで決まるのは、信号がごく小さいときに限られます。"));
    }

    /// <summary>Why a claim was tested on nothing.</summary>
    public static OmittedClaim Omit(Claim claim)
    {
        (string english, string japanese) = claim.Id switch
        {
            "rnn-depth-vanishes" => ("nets=elman, lstm or gru, and at least two layers", "nets=elman、lstm、gru のいずれかと 2 層以上"),
            "gates-keep-depth" => ("nets=lstm or gru, and at least two layers and three time steps", "nets=lstm または gru、2 層以上、3 ステップ以上"),
            "gain-one-keeps" => ("nets=elman and at least three time steps", "nets=elman と 3 ステップ以上"),
            "attention-keeps-distance" => ("nets=transformer and at least four positions", "nets=transformer と 4 位置以上"),
            "skip-keeps-depth" => ("nets=residual-elman, residual-lstm or residual-gru, or nets=transformer with a residual that has a skip path", "nets=residual-elman、residual-lstm、residual-gru のいずれか、またはスキップ経路のある residual を選んだ transformer"),
            "skip-keeps-time" => ("nets=residual-elman, residual-lstm or residual-gru, and at least three time steps", "nets=residual-elman、residual-lstm、residual-gru のいずれかと 3 ステップ以上"),
            "every-step-on-the-path" => ("at least two time steps", "2 ステップ以上"),
            _ => ("a recurrent net and at least three time steps", "再帰ネットと 3 ステップ以上"),
        };
        return new OmittedClaim(claim, new LocalizedText(
            $"Its prediction is about none of what was selected; it needs {english}.",
            $"選ばれた設定の中に、この予測が当てはまるものがありません。{japanese}が必要です。"));
    }

    /// <summary>How far a fitted factor may be from mean-field theory, as a logarithm: a finite width's bias, and two deviations of one net's slope.</summary>
    public static double Slack(int width, int steps) => (4.0 / width) + (2 / Math.Sqrt(2.0 * width * steps));

    private static IEnumerable<ClaimResult> TestRecurrent(RnnDepthNet net, RecurrentSettings settings, RecurrentPrediction prediction, Func<Func<RnnDepthFinding, double>, Interval> average)
    {
        int depth = settings.Depth, steps = settings.Length - 1;
        double perLayer = RnnDepthFinding.LayerFactor(prediction.ByLayer()), perStep = RnnDepthFinding.Factor(prediction.HiddenByDistance(), 0);
        double s = Slack(settings.Width, depth), sTime = steps > 0 ? Slack(settings.Width, steps) : 0;
        if (!settings.HasSkip && depth > 1)
        {
            // where the theory itself does not say that it falls, the sentence is held against what it says
            bool falls = perLayer * Exp(s) < 1;
            yield return DepthVanishes.Test(
                net.Name,
                falls ? Text(perLayer, s) : $"< 1 (MF {Number(perLayer)})",
                falls ? Around(perLayer, s) : Bound.AtMost(1),
                average(f => f.FactorPerLayer),
                new LocalizedText(
                    "Every layer multiplies the gradient by its weights and its slopes. Gates multiply too; none of them stands on a way that leads from one layer to the next unchanged. Larger weights can make up for the slopes: then it does not fall.",
                    "各層は勾配に自分の重みと傾きを掛けます。ゲートも掛け算であり、ある層から次の層へ値をそのまま渡す道はどこにもありません。重みを大きくすれば傾きの分を補えて、勾配は小さくならなくなります。"));
        }

        if (steps > 1)
        {
            yield return TimeVanishes.Test(net.Name, Text(perStep, sTime), Around(perStep, sTime), average(f => f.FactorPerStep), settings.Cell switch
            {
                "elman" => new LocalizedText(
                    "The same matrix and a slope below one multiply at every step: a power of the distance.",
                    "同じ行列と 1 未満の傾きが毎ステップ掛かるので、距離の累乗になります。"),
                "lstm" => new LocalizedText(
                    "The memory passes from step to step multiplied by the forget gate alone, f ≈ σ(b) at the start; what comes through the gates adds to it.",
                    "記憶セルは忘却ゲートだけを掛けられて次のステップへ渡ります（開始時は f ≈ σ(b)）。ゲートを通って届く分はそれに加わります。"),
                _ => new LocalizedText(
                    "The state passes from step to step multiplied by the update gate, z ≈ ½ at the start; what comes through the gates adds to it.",
                    "状態は更新ゲートを掛けられて次のステップへ渡ります（開始時は z ≈ ½）。ゲートを通って届く分はそれに加わります。"),
            });
        }

        if (settings is { HasSkip: false, Cell: not "elman" } && depth > 1 && steps > 1)
        {
            yield return GatesKeepDepth.Test(net.Name, $"≥ 1 (MF {Number(perLayer / perStep)})", Bound.AtLeast(1), average(f => f.FactorPerLayer / f.FactorPerStep), new LocalizedText(
                "The way that a gate keeps open leads along the time of one layer. Up to the next layer everything goes through weights, slopes and one more gate of about ½.",
                "ゲートが開けておく道は、1 つの層の中の時間方向にしか通じていません。次の層へは、すべてが重みと傾き、そして約 ½ のゲートをもう 1 つ通ります。"));
        }

        if (steps > 0)
        {
            yield return EveryStepOnThePath.Test(net.Name, "0", new Bound(0, 0), average(f => f.Bypass), new LocalizedText(
                "A later step knows the earlier ones only through the state in between: hold it, and nothing is left, in any layer.",
                "後のステップが前のステップを知る手段は、間の状態だけです。それを固定すれば、どの層にも何も残りません。"));
        }

        if (settings.HasSkip)
        {
            double[] byLayer = prediction.ByLayer();
            double ratio = byLayer[0] / byLayer[^1], high = ratio * Exp(s * depth);
            yield return SkipKeepsDepth.Test(net.Name, $"1 … {Number(high)} (MF {Number(ratio)})", new Bound(1, high), average(f => f.ByLayer[0] / f.ByLayer[^1]), new LocalizedText(
                "Each layer adds to the gradient that comes past it instead of multiplying it; tanh bounds what it adds to the stream.",
                "各層は、脇を通ってくる勾配に掛けるのではなく足します。ストリームに足す量は tanh が抑えます。"));
            if (steps > 1)
            {
                yield return SkipKeepsTime.Test(net.Name, $"≥ {Number(Exp(-sTime))} (MF {Number(perStep)})", Bound.AtLeast(Exp(-sTime)), average(f => f.FactorPerStep), new LocalizedText(
                    "The skip path leads from layer to layer within one time step. From step to step there is only the recurrence.",
                    "スキップ経路は同じステップの中で層から層へ通じています。ステップからステップへは再帰しかありません。"));
            }
        }
    }

    private static IEnumerable<ClaimResult> TestTransformer(RnnDepthNet net, TransformerSettings settings, Func<Func<RnnDepthFinding, double>, Interval> average)
    {
        if (settings.Length > 1)
        {
            yield return EveryStepOnThePath.Test(net.Name, "0", new Bound(0, 0), average(f => f.Bypass), new LocalizedText(
                "The last position attends to the early ones directly, in every layer: a path of length one, whatever the distance. One position in between carries about 1/(m + 1) of the whole.",
                "最終位置はどの層でも初めの位置を直接参照します。距離によらず経路の長さは 1 です。間の 1 位置が担うのは全体の約 1/(m + 1) にすぎません。"));
        }

        if (settings.Length > 3)
        {
            int points = settings.Length - 2;
            double s = Math.Sqrt(12.0 / ((double)points * points * points));
            yield return KeepsDistance.Test(net.Name, $"≥ {Number(Exp(-s))}", Bound.AtLeast(Exp(-s)), average(f => f.FactorPerStep), new LocalizedText(
                "A fresh pattern weighs all positions alike. The early ones get more, because the positions in between look at them too.",
                "初期のアテンションはどの位置もほぼ同じ重みで見ます。間の位置もより前の位置を見るため、前の位置ほど勾配は多くなります。"));
        }

        if (new Arrangement(settings.Residual, settings.Norm).HasSkip)
        {
            var v = new InitialVariances(settings);
            double rho = Math.Sqrt(1 + (((3 * v.Attention) + v.FeedForward) * settings.Depth / v.Stream));
            yield return SkipKeepsDepth.Test(net.Name, $"{Number(1 / rho)} … {Number(rho)}", new Bound(1 / rho, rho), average(f => f.ByLayer[0] / f.ByLayer[^1]), new LocalizedText(
                "Each layer adds a like amount to the gradient's square, so it grows as a sum and not as a product (see gradient-flow).",
                "各層は勾配の 2 乗に同じ程度の量を足すので、積ではなく和として増えます（gradient-flow を参照）。"));
        }
    }

    private static Bound Around(double factor, double s) => new(factor * Exp(-s), factor * Exp(s));

    private static string Text(double factor, double s) => $"{Number(factor * Exp(-s))} … {Number(factor * Exp(s))}";

    private static double Exp(double x) => Tensors.ReproducibleMath.Exp(x);

    private static string Number(double number) => number.ToString(number < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
