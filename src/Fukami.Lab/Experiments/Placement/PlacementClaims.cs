namespace Fukami.Lab;

/// <summary>The claims of <see cref="Placement"/>; docs/experiments/placement.md derives what they predict.</summary>
internal static class PlacementClaims
{
    public static readonly Claim PostUpdateGrows = new(
        "post-update-grows",
        new LocalizedText(
            "The deeper a post-norm net, the further one step moves its output.",
            "post-norm のネットは深いほど、1 ステップで出力が大きく動きます。"),
        new LocalizedText(
            "slope over depth of how far one step on the branches' weights moves the logits, both as logarithms",
            "枝の重みの 1 ステップでロジットが動く大きさの、深さに対する傾き（両対数）"),
        new LocalizedText(
            "≥ ½ (layers' changes add as √L if they have nothing in common, as L if they are alike)",
            "≥ ½（層ごとの変化の和は、互いに無関係なら √L に、向きがそろえば L に比例する）"),
        new LocalizedText(
            "Liu et al. 2020 (amplification); Wang et al. 2022, section 3; docs/experiments/placement.md §2",
            "Liu et al. 2020（増幅効果）; Wang et al. 2022 §3; docs/experiments/placement.md §2"));

    public static readonly Claim DeepNormBoundsUpdate = new(
        "deepnorm-bounds-update",
        new LocalizedText(
            "DeepNorm bounds the update: how far one step moves the output does not depend on the depth.",
            "DeepNorm は更新の大きさを抑えるので、1 ステップで出力が動く大きさは深さによりません。"),
        new LocalizedText(
            "slope over depth of how far one step on the branches' weights moves the logits, both as logarithms",
            "枝の重みの 1 ステップでロジットが動く大きさの、深さに対する傾き（両対数）"),
        LocalizedText.Both("0 ± 0.1"),
        new LocalizedText(
            "Wang et al. 2022, section 4 (for gradient descent); docs/experiments/placement.md §2",
            "Wang et al. 2022 §4（勾配降下の場合）; docs/experiments/placement.md §2"));

    public static readonly Claim DeepNormAdamRoot = new(
        "deepnorm-adam-root",
        new LocalizedText(
            "One step of Adam, which moves every weight alike, moves a DeepNorm net's output in proportion to the square root of the depth.",
            "どの重みも同じだけ動かす Adam の 1 ステップでは、DeepNorm のネットの出力が動く大きさは深さの平方根に比例します。"),
        new LocalizedText(
            "slope over depth of how far one step of Adam moves the logits, both as logarithms",
            "Adam の 1 ステップでロジットが動く大きさの、深さに対する傾き（両対数）"),
        LocalizedText.Both("0.5 ± 0.1: L·β/α = √L/2"),
        LocalizedText.Both("docs/experiments/placement.md §2"));

    public static readonly Claim PreMovesLess = new(
        "pre-moves-less",
        new LocalizedText(
            "With depth, one step of Adam moves a post-norm net's output ever further than a pre-norm net's.",
            "深くなるにつれ、Adam の 1 ステップで post-norm の出力は pre-norm よりもますます大きく動くようになります。"),
        new LocalizedText(
            "slope over depth of post-norm − slope of pre-norm",
            "post-norm の深さに対する傾き − pre-norm の傾き"),
        new LocalizedText("> 0: L against Σ 1/σ_l, about √L", "> 0（post-norm は L に、pre-norm は Σ 1/σ_l、つまりおよそ √L に比例する）"),
        new LocalizedText(
            "Liu et al. 2020, theorem 2; docs/experiments/placement.md §2",
            "Liu et al. 2020 定理 2; docs/experiments/placement.md §2"));

    public static readonly Claim ReZeroIsIdentity = new(
        "rezero-starts-as-identity",
        new LocalizedText(
            "A ReZero net begins as the identity: what enters the first layer leaves the last unchanged in size.",
            "ReZero のネットは恒等写像から始まります。最初の層に入ったものは、大きさを変えずに最後の層から出てきます。"),
        new LocalizedText(
            "stream's size behind the last layer, divided by that before the first",
            "最後の層を出たストリームの大きさを、最初の層の手前での大きさで割った比"),
        new LocalizedText("1 exactly", "厳密に 1"),
        new LocalizedText("Bachlechner et al. 2020, eq. 5: α = 0", "Bachlechner et al. 2020 式 5（α = 0）"));

    public static readonly Claim PostNeedsWarmUp = new(
        "post-needs-warm-up",
        new LocalizedText(
            "A post-norm net needs a warm-up.",
            "post-norm のネットにはウォームアップが必要です。"),
        new LocalizedText("learned share with warm-up − without", "学習できた割合の、ウォームアップありとなしの差"),
        LocalizedText.Both("≥ 0.1"),
        new LocalizedText(
            "Xiong et al. 2020, section 3; a tenth as the least that counts as need; docs/experiments/placement.md §3",
            "Xiong et al. 2020 §3; 差が 0.1 以上なら必要とみなす; docs/experiments/placement.md §3"));

    public static readonly Claim OthersNeedNone = new(
        "no-warm-up-needed",
        new LocalizedText(
            "A net whose skip path meets no normalization, or a DeepNorm net, needs no warm-up.",
            "スキップ経路の上に正規化がないネットと DeepNorm のネットには、ウォームアップは必要ありません。"),
        new LocalizedText("learned share with warm-up − without", "学習できた割合の、ウォームアップありとなしの差"),
        LocalizedText.Both("≤ 0.1"),
        LocalizedText.Both("Xiong et al. 2020 (pre), Wang et al. 2022 (deepnorm), Bachlechner et al. 2020 (rezero); docs/experiments/placement.md §3"));

    public static readonly Claim WarmUpIsEnough = new(
        "warm-up-is-enough",
        new LocalizedText(
            "With a warm-up a post-norm net learns as well as the others.",
            "ウォームアップさえあれば、post-norm のネットもほかの配置と同じように学習できます。"),
        new LocalizedText(
            "learned share of the best other arrangement without warm-up − of post-norm with one",
            "ほかの配置のうち最良のもの（ウォームアップなし）が学習できた割合 − post-norm（ウォームアップあり）の割合"),
        LocalizedText.Both("≤ 0.1"),
        new LocalizedText("the popular sentence; docs/experiments/placement.md §3", "よく言われる主張; docs/experiments/placement.md §3"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All =
        [PostUpdateGrows, DeepNormBoundsUpdate, DeepNormAdamRoot, PreMovesLess, ReZeroIsIdentity, PostNeedsWarmUp, OthersNeedNone, WarmUpIsEnough];

    // of the learned share: less does not count as a need
    private const double Tenth = 0.1;

    /// <summary>Tests what can be tested.</summary>
    /// <param name="figures">Of each arrangement.</param>
    public static IEnumerable<ClaimResult> Test(IReadOnlyList<PlacementFigures> figures)
    {
        foreach (PlacementFigures f in figures)
        {
            IEnumerable<ClaimResult> ofStep = f.Arrangement switch
            {
                { NormalizesRows: true, Residual: "post" } => TestPost(f),
                { NormalizesRows: true, Residual: "deepnorm" } => TestDeepNorm(f),
                { Residual: "rezero" } => TestReZero(f),
                _ => [],
            };
            foreach (ClaimResult result in ofStep.Concat(TestWarmUp(f)))
            {
                yield return result;
            }
        }

        foreach (PlacementFigures post in figures.Where(f => f.Arrangement is { Residual: "post", NormalizesRows: true }))
        {
            PlacementFigures? pre = figures.FirstOrDefault(f => f.Arrangement == post.Arrangement with { Residual = "pre" });
            if (pre is not null && post.SteeperThan(pre, s => s.Adam) is { } steeper)
            {
                yield return PreMovesLess.Test($"{post.Arrangement.Name} − {pre.Arrangement.Name}", "> 0", Bound.AtLeast(0), steeper, new LocalizedText(
                    "In a pre-norm net the stream grows with depth, and what a layer adds weighs less the larger it is; post-norm brings the stream back to size 1, so every layer weighs alike.",
                    "pre-norm ではストリームが深さとともに大きくなり、その分だけ各層の寄与は軽くなります。post-norm はストリームを大きさ 1 に戻すので、どの層の寄与も同じ重さを保ちます。"));
            }

            PlacementFigures? best = figures.Where(f => f.Arrangement.Residual is not "post" && f.Cold.Count > 0).MaxBy(f => PlacementFigures.Share(f.Cold)!.Value.Estimate);
            if (best is not null && PlacementFigures.Difference(best.Cold, post.WarmedUp) is { } behind)
            {
                yield return WarmUpIsEnough.Test($"{best.Arrangement.Name} − {post.Arrangement.Name}", "≤ 0.1", Bound.AtMost(Tenth), behind, new LocalizedText(
                    "A warm-up makes the first steps small, and nothing else: once the rate is up, a step moves the output as far as before.",
                    "ウォームアップは最初の数ステップを小さくするだけです。学習率が上がってしまえば、1 ステップで出力が動く大きさは元のままです。"));
            }
        }
    }

    /// <summary>Why a claim was tested on nothing.</summary>
    public static OmittedClaim Omit(Claim claim)
    {
        (string english, string japanese) = claim.Id switch
        {
            "post-update-grows" => ("residual=post with norm=layer or rms, and at least two depths", "residual=post、norm=layer または rms、2 つ以上の depths"),
            "deepnorm-bounds-update" or "deepnorm-adam-root" => ("residual=deepnorm with norm=layer or rms, and at least two depths", "residual=deepnorm、norm=layer または rms、2 つ以上の depths"),
            "pre-moves-less" => ("residual=post,pre with norm=layer or rms, and at least two depths", "residual=post,pre、norm=layer または rms、2 つ以上の depths"),
            "rezero-starts-as-identity" => ("residual=rezero", "residual=rezero"),
            "post-needs-warm-up" => ("residual=post and a warm_up above 0", "residual=post と 1 以上の warm_up"),
            "no-warm-up-needed" => ("an arrangement with a skip path other than post, and a warm_up above 0", "post 以外のスキップ経路のある配置と 1 以上の warm_up"),
            _ => ("residual=post with norm=layer or rms, another arrangement, and a warm_up above 0", "residual=post（norm=layer または rms）とほかの配置、1 以上の warm_up"),
        };
        return new OmittedClaim(claim, new LocalizedText($"It needs {english}, and a run that was not stopped before.", $"{japanese}を指定し、途中で止めずに実行する必要があります。"));
    }

    private static IEnumerable<ClaimResult> TestPost(PlacementFigures f)
    {
        var why = new LocalizedText(
            "Every layer's branch has the same weight in the normalized sum, so all of them move the output, and they move it in the same direction: the one that lowers the loss.",
            "正規化された和の中でどの層の枝も同じ重さをもつので、すべての層が出力を動かします。しかも、損失を下げるという同じ向きにです。");
        if (f.Slope(s => s.Adam) is { } adam)
        {
            yield return PostUpdateGrows.Test($"{f.Arrangement.Name}, Adam", "≥ 0.5", Bound.AtLeast(0.5), adam, why);
        }

        if (f.Slope(s => s.Sgd) is { } sgd)
        {
            yield return PostUpdateGrows.Test($"{f.Arrangement.Name}, gradient descent", "≥ 0.5", Bound.AtLeast(0.5), sgd, why);
        }
    }

    private static IEnumerable<ClaimResult> TestDeepNorm(PlacementFigures f)
    {
        if (f.Slope(s => s.Sgd) is { } sgd)
        {
            yield return DeepNormBoundsUpdate.Test($"{f.Arrangement.Name}, gradient descent", "0 ± 0.1", Bound.Around(0, 0.1), sgd, new LocalizedText(
                "A branch counts for β/α = 1/(2√L) in the output and in its own gradient: L layers of (β/α)² each are a constant.",
                "枝の寄与は、出力に対しても自分の勾配に対しても β/α = 1/(2√L) です。(β/α)² を L 層ぶん足すと定数になります。"));
        }

        if (f.Slope(s => s.Adam) is { } adam)
        {
            yield return DeepNormBoundsUpdate.Test($"{f.Arrangement.Name}, Adam", "0 ± 0.1", Bound.Around(0, 0.1), adam, new LocalizedText(
                "The theorem is about gradient descent. Adam divides by the gradient's size, so the small gradient no longer makes the step small, and one of the two factors β/α is lost.",
                "この定理は勾配降下についてのものです。Adam は勾配の大きさで割るため、勾配が小さくてもステップは小さくならず、二つある β/α のうち一つが失われます。"));
            yield return DeepNormAdamRoot.Test(f.Arrangement.Name, "0.5 ± 0.1", Bound.Around(0.5, 0.1), adam, new LocalizedText(
                "L layers that each count for β/α = 1/(2√L) make √L/2: still far less than the L of post-norm.",
                "β/α = 1/(2√L) の寄与が L 層ぶんで √L/2 になります。それでも post-norm の L よりはるかに小さい値です。"));
        }
    }

    private static IEnumerable<ClaimResult> TestReZero(PlacementFigures f)
    {
        double[] ratios = [.. f.StepsAt(f.Net.Depth).Select(s => s.Stream[^1] / s.Stream[0])];
        if (ratios.Length > 0)
        {
            yield return ReZeroIsIdentity.Test(f.Arrangement.Name, "1", Bound.Around(1, 0), Interval.OfMean(ratios), new LocalizedText(
                "Every branch is multiplied by an α that begins as 0.",
                "どの枝にも、0 から始まる α が掛かっています。"));
        }
    }

    private static IEnumerable<ClaimResult> TestWarmUp(PlacementFigures f)
    {
        if (f.WarmUpGain is not { } gain)
        {
            yield break;
        }

        if (f.Arrangement.Residual is "post")
        {
            yield return PostNeedsWarmUp.Test(f.Arrangement.Name, "≥ 0.1", Bound.AtLeast(Tenth), gain, new LocalizedText(
                "At the full rate the first steps move the output so far that the net loses what its layers pass on, before it has learned anything; small first steps avoid that. A shallow net or a low rate does without; a net that is deep enough does not train with one either.",
                "最初から本来の学習率で進めると、数ステップで出力が大きく動き、何も学ばないうちに層が情報を伝えられなくなります。小さなステップから始めればそれを避けられます。浅いネットや低い学習率なら必要なく、十分に深いネットではウォームアップがあっても学習できません。"));
        }
        else if (f.Arrangement.HasSkip && f.Arrangement.Residual is not "plain")
        {
            yield return OthersNeedNone.Test(f.Arrangement.Name, "≤ 0.1", Bound.AtMost(Tenth), gain, new LocalizedText(
                "Its first steps move the output little enough; in a short training a warm-up only costs steps.",
                "最初のステップでも出力の動きは十分小さいままです。短い学習では、ウォームアップはその分のステップを失うだけです。"));
        }
    }
}
