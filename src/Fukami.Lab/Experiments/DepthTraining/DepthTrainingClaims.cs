using System.Globalization;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="DepthTraining"/>.</summary>
internal static class DepthTrainingClaims
{
    private const double CostMargin = 1.25;

    private static readonly LocalizedText KnowledgeMeasured = new(
        "what the trained net knows, from its loss on held-out text: −1 nothing (ln V), 0 the tokens' frequencies (U), 1 the chain (H)",
        "学習後の習得度。評価用の文での損失から: −1 は何も知らない（ln V）、0 はトークンの頻度だけ（U）、1 は連鎖そのもの（H）");

    public static readonly Claim SkipTrains = new(
        "skip-makes-depth-trainable",
        new LocalizedText(
            "With a skip path a deep net learns.",
            "スキップ経路があれば、深いネットでも学習できます。"),
        KnowledgeMeasured,
        new LocalizedText(
            "(U − loss)/(U − H) ≥ ½ at the largest depth; U: entropy of the tokens' frequencies, H: entropy rate of the chain",
            "最大の深さで (U − 損失)/(U − H) ≥ ½。U: トークンの頻度のエントロピー、H: 連鎖のエントロピー率"),
        LocalizedText.Both("He et al. 2016; docs/experiments/depth-training.md §2"));

    public static readonly Claim NoSkipFails = new(
        "no-skip-stays-untrained",
        new LocalizedText(
            "Without a skip path a deep net does not learn.",
            "スキップ経路がないと、深いネットは学習できません。"),
        KnowledgeMeasured,
        new LocalizedText("(U − loss)/(U − H) ≤ ½ at the largest depth", "最大の深さで (U − 損失)/(U − H) ≤ ½"),
        LocalizedText.Both("docs/experiments/gradient-flow.md §1; docs/experiments/depth-training.md §3"));

    public static readonly Claim PostNormDepth = new(
        "post-norm-depth-limit",
        new LocalizedText(
            "Post-norm learns in a shallow net and not in a deep one.",
            "post-norm は浅いネットでは学習でき、深いネットでは学習できません。"),
        KnowledgeMeasured,
        new LocalizedText("≥ ½ at the smallest depth, ≤ ½ at the largest", "最小の深さで ≥ ½、最大の深さで ≤ ½"),
        LocalizedText.Both("Wang et al. 2019; Xiong et al. 2020; Liu et al. 2020; docs/experiments/depth-training.md §4"));

    public static readonly Claim StuckAtFrequencies = new(
        "stuck-at-frequencies",
        new LocalizedText(
            "A net that does not learn which token follows which still learns how frequent each is, and its loss stays at the entropy of those frequencies.",
            "次に来るトークンを学べないネットでも各トークンの頻度は学び、損失はその頻度のエントロピーで止まります。"),
        KnowledgeMeasured,
        new LocalizedText(
            "−½ … ½: nearer to the frequencies than to the chain and to nothing",
            "−½ … ½（「連鎖そのもの」や「何も知らない」よりも「頻度だけ」に近い）"),
        new LocalizedText("Gibbs' inequality; docs/experiments/depth-training.md §5", "ギブスの不等式; docs/experiments/depth-training.md §5"));

    public static readonly Claim ResidualCost = new(
        "residual-cost",
        new LocalizedText(
            "A training step takes as long with a skip path as without.",
            "学習 1 ステップの時間は、スキップ経路があってもなくても変わりません。"),
        new LocalizedText(
            "time of a step with a skip path (plain) divided by that of one without (none): median over rounds in which both take turns",
            "スキップ経路あり（plain）の 1 ステップの時間を、なし（none）の時間で割った比。交互に実行した各回の中央値"),
        new LocalizedText(
            "0.80 … 1.25: two sums in a layer of 24·d² multiply-adds a token",
            "0.80 … 1.25（トークンあたり 24·d² 回の積和演算を行う層に、足し算が 2 回加わるだけ）"),
        LocalizedText.Both("docs/experiments/depth-training.md §6"))
    {
        DependsOnMachine = true,
    };

    public static readonly Claim SlowerWithout = new(
        "slower-without-skip",
        new LocalizedText(
            "“Without residual connections compute is slower.”",
            "「残差接続がないと計算が遅くなる」"),
        new LocalizedText(
            "time of a step without a skip path (none) divided by that of one with (plain): median over rounds in which both take turns",
            "スキップ経路なし（none）の 1 ステップの時間を、あり（plain）の時間で割った比。交互に実行した各回の中央値"),
        new LocalizedText("≥ 1.25: slower by more than two machines of one kind differ", "≥ 1.25（同じ機種どうしの個体差を超えて遅い）"),
        new LocalizedText("a popular sentence; docs/experiments/depth-training.md §6", "よく言われる主張; docs/experiments/depth-training.md §6"))
    {
        DependsOnMachine = true,
    };

    public static readonly Claim LargerWithout = new(
        "larger-without-skip",
        new LocalizedText(
            "“Without residual connections memory is larger.”",
            "「残差接続がないとメモリが増える」"),
        new LocalizedText(
            "bytes that a training step keeps without a skip path (none), divided by those with one (plain)",
            "スキップ経路なし（none）の学習 1 ステップが保持するバイト数を、あり（plain）のバイト数で割った比"),
        LocalizedText.Both("≥ 1"),
        new LocalizedText("a popular sentence; docs/experiments/depth-training.md §6", "よく言われる主張; docs/experiments/depth-training.md §6"));

    public static readonly Claim ResidualMemory = new(
        "residual-memory",
        new LocalizedText(
            "A skip path's memory is the two sums that it keeps in each layer, and nothing else.",
            "スキップ経路が使うメモリは、各層で保持する 2 つの和だけです。"),
        new LocalizedText(
            "bytes that a training step keeps, counted while it runs, divided by those predicted from the shapes",
            "学習 1 ステップが保持するバイト数の実測値を、形状からの予測値で割った比"),
        new LocalizedText(
            "1 ± 0.05; predicted: 4·tokens·(L·(12d + 4F + 4h·T [+ 2d with a skip path]) + 2d + 2V) bytes",
            "1 ± 0.05。予測値は 4·トークン数·(L·(12d + 4F + 4h·T [スキップ経路があれば + 2d]) + 2d + 2V) バイト"),
        LocalizedText.Both("docs/experiments/depth-training.md §6"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All =
        [SkipTrains, NoSkipFails, PostNormDepth, StuckAtFrequencies, ResidualCost, SlowerWithout, LargerWithout, ResidualMemory];

    /// <summary>Tests what can be tested on one arrangement.</summary>
    /// <param name="arrangement">The arrangement.</param>
    /// <param name="depths">The depths trained, rising.</param>
    /// <param name="knowledge">What the nets know at each depth.</param>
    public static IEnumerable<ClaimResult> Test(Arrangement arrangement, IReadOnlyList<int> depths, IReadOnlyList<Interval> knowledge)
    {
        int deepest = depths.Count - 1;
        string subject = Subject(arrangement, depths[deepest]);
        if (arrangement.HasSkip)
        {
            yield return SkipTrains.Test(subject, "≥ 0.5", Bound.AtLeast(MarkovYardstick.Learned), knowledge[deepest], WhySkip(arrangement));
        }
        else
        {
            yield return NoSkipFails.Test(subject, "≤ 0.5", Bound.AtMost(MarkovYardstick.Learned), knowledge[deepest], WhyNoSkip);
        }

        if (arrangement.Residual is "post" && deepest > 0)
        {
            yield return PostNormDepth.Test(Subject(arrangement, depths[0]), "≥ 0.5", Bound.AtLeast(MarkovYardstick.Learned), knowledge[0], WhyPostShallow);
            yield return PostNormDepth.Test(subject, "≤ 0.5", Bound.AtMost(MarkovYardstick.Learned), knowledge[deepest], WhyPostDeep);
        }

        if (arrangement.Residual is "none" or "none-norm" or "plain" or "post")
        {
            yield return StuckAtFrequencies.Test(
                subject,
                "−0.5 … 0.5",
                Bound.Around(0, MarkovYardstick.Learned),
                knowledge[deepest],
                WhyStuck(arrangement));
        }
    }

    /// <summary>Tests what a skip path costs.</summary>
    public static IEnumerable<ClaimResult> Test(SkipCost cost)
    {
        const string both = "plain/none", inverse = "none/plain";
        yield return ResidualCost.Test(both, "0.80 … 1.25", new Bound(1 / CostMargin, CostMargin), cost.TimeRatio, WhyTime);
        yield return SlowerWithout.Test(inverse, "≥ 1.25", Bound.AtLeast(CostMargin), cost.InverseTimeRatio, WhyTime);
        double predicted = cost.Without.Predicted / cost.With.Predicted;
        yield return LargerWithout.Test(inverse, "≥ 1", Bound.AtLeast(1), Interval.Exactly(cost.Without.Bytes / cost.With.Bytes), new LocalizedText(
            string.Create(CultureInfo.InvariantCulture, $"It is smaller: a sum that is not formed need not be kept. The shapes alone say {predicted:0.000}."),
            string.Create(CultureInfo.InvariantCulture, $"むしろ減ります。和を計算しなければ、それを保持する必要もないからです。形状だけからの予測は {predicted:0.000} です。")));
        foreach ((string name, PassMemory memory) in new[] { ("plain", cost.With), ("none", cost.Without) })
        {
            yield return ResidualMemory.Test(name, "0.95 … 1.05", Bound.Around(1, 0.05), Interval.Exactly(memory.Bytes / memory.Predicted), new LocalizedText(
                "Every operation keeps its output and its gradient. A sum hands its own gradient to both terms, so it adds an output and no gradient.",
                "各演算は出力とその勾配を保持します。和は自分の勾配をそのまま両方の項に渡すので、増えるのは出力だけです。"));
        }
    }

    /// <summary>Why a claim was left out.</summary>
    public static LocalizedText Omit(Claim claim) => claim.Id switch
    {
        "skip-makes-depth-trainable" => new LocalizedText("It needs an arrangement with a skip path, for example residual=pre.", "スキップ経路のある配置が必要です（例: residual=pre）。"),
        "no-skip-stays-untrained" => new LocalizedText("It needs an arrangement without a skip path: residual=none.", "スキップ経路のない配置が必要です（residual=none）。"),
        "post-norm-depth-limit" => new LocalizedText("It needs post-norm and at least two depths: residual=post depths=6,24.", "post-norm と 2 つ以上の深さが必要です（residual=post depths=6,24）。"),
        "stuck-at-frequencies" => new LocalizedText("It is about arrangements that fail at depth: residual=none,post.", "深くすると失敗する配置についての主張です（residual=none,post）。"),
        _ => new LocalizedText("The run was stopped before the steps were timed.", "時間を測る前に中断されました。"),
    };

    private static string Subject(Arrangement arrangement, int depth) => string.Create(CultureInfo.InvariantCulture, $"{arrangement.Name}, L={depth}");

    private static LocalizedText WhySkip(Arrangement arrangement) => arrangement.Residual switch
    {
        "post" => new LocalizedText(
            "The skip path is there, but a normalization stands on it after every sublayer. The last layers' gradients are large at any depth, the first steps change all of them at once, and the positions become alike before the net has learned to tell them apart.",
            "スキップ経路はあっても、サブレイヤーごとに正規化がその上にあります。最後の数層の勾配は深さによらず大きく、最初の数ステップで全層が一度に変わるため、区別を学ぶ前に各位置の表現が似てしまいます。"),
        "plain" => new LocalizedText(
            "Nothing divides the stream: every layer multiplies its size, so a deep net begins with logits of hundreds and more, and a training this short only brings them down, where it does not blow up.",
            "ストリームを割るものがなく、層ごとに大きさが何倍にもなります。深いネットのロジットは初めから数百以上になり、短い学習ではそれを下げるだけで終わるか、発散します。"),
        "rezero" => new LocalizedText(
            "Every branch begins at zero, so the deep net begins as a shallow one and lets its layers in as they become useful.",
            "すべての枝が 0 から始まるので、深いネットも浅いネットとして出発し、役に立つ層から順に加わっていきます。"),
        "deepnorm" => new LocalizedText(
            "A normalization stands on the skip path, but α makes the skip so much larger than the branch that it hardly divides.",
            "スキップ経路の上に正規化はありますが、α がスキップを枝よりずっと大きくするため、割る数はほぼ 1 です。"),
        _ => new LocalizedText(
            "What passes through the skips meets no normalization, and what a branch adds has the same size in every layer: depth adds small steps to a net that already works.",
            "スキップ経路に正規化がなく、枝が足す量はどの層でもほぼ同じ大きさです。深くしても、すでに動くネットに小さな一歩を加えるだけです。"),
    };

    private static LocalizedText WhyNoSkip { get; } = new(
        "Every layer averages over the positions and nothing brings the token itself back. After a few layers all positions hold the same, so no last layer can tell which token came before.",
        "各層が位置を平均し、元のトークンを戻す経路がありません。数層で全位置が同じ内容になり、最後の層は直前のトークンを見分けられません。");

    private static LocalizedText WhyPostShallow { get; } = new(
        "A few normalizations on the skip path do no harm.",
        "スキップ経路上の正規化が数個だけなら、害はありません。");

    private static LocalizedText WhyPostDeep { get; } = new(
        "With depth they add up: at this learning rate the first steps wash out what distinguishes the positions. Warm-up moves the limit (see learning-rate), it does not lift it.",
        "深くなると積み重なります。この学習率では、最初の数ステップで位置の違いが消えてしまいます。ウォームアップは限界を動かしますが（learning-rate を参照）、なくしはしません。");

    private static LocalizedText WhyTime { get; } = new(
        "A skip path adds two sums of d numbers to a layer that multiplies 12·d² weights with each token. In very deep nets without a skip path the opposite can be seen: numbers vanish below 1e-38, and processors are slow with those.",
        "スキップ経路が加えるのは、トークンごとに 12·d² 個の重みを掛ける層への d 個の数の和 2 回だけです。ただし非常に深いスキップなしのネットでは値が 1e-38 を下回り、そうした数の計算は遅いため、逆に遅くなることがあります。");

    private static LocalizedText WhyStuck(Arrangement arrangement) => arrangement.Residual switch
    {
        "none" => new LocalizedText(
            "Nothing normalizes: the signal that reaches the output has been multiplied by 0.566 in every layer. In a deep net it is so small that even the frequencies cannot be learned from it, and all tokens stay alike (the loss stays at ln V).",
            "正規化がないため、出力に届く信号は 1 層ごとに 0.566 倍になります。深いネットでは小さすぎて頻度さえ学べず、全トークンが等確率のまま（損失は ln V のまま）です。"),
        "plain" => new LocalizedText(
            "Nothing normalizes, and the signal grows by a factor in every layer: the net is sure of wrong tokens and does worse than who guesses blindly, which counts as knowing nothing.",
            "正規化がなく、信号は層ごとに大きくなります。ネットは間違ったトークンを確信し、でたらめな予測より悪くなります（何も知らないものとして数えます）。"),
        _ => new LocalizedText(
            "All positions hold the same vector, but a normalized one: of it the output weights make any fixed distribution, and the best fixed one is how frequent the tokens are.",
            "全位置が同じベクトルになっても、正規化されていて大きさはあります。出力の重みはそこから任意の固定された分布を作れ、その中で最良なのがトークンの頻度です。"),
    };
}
