using System.Globalization;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="Ablation"/>; docs/experiments/ablation.md derives what they predict.</summary>
internal static class AblationClaims
{
    public static readonly Claim SkipMattersMost = new(
        "skip-matters-most",
        new LocalizedText(
            "The skip path is the part that matters most.",
            "最も重要な部品はスキップ経路です。"),
        new LocalizedText(
            "what is lost without the skip path − what is lost without the part that matters most among the others (learned share)",
            "スキップ経路を外して失われる分 − ほかの部品のうち最も重要なものを外して失われる分（学習できた割合）"),
        LocalizedText.Both("≥ 0"),
        new LocalizedText("the popular sentence; docs/experiments/ablation.md §1", "よく言われる主張; docs/experiments/ablation.md §1"));

    public static readonly Claim SkipMattersMoreWithDepth = new(
        "skip-matters-more-with-depth",
        new LocalizedText(
            "The deeper the net, the more the skip path matters.",
            "ネットが深いほど、スキップ経路は重要になります。"),
        new LocalizedText(
            "what is lost without the skip path at the largest depth − at the smallest (learned share)",
            "スキップ経路を外して失われる分の、最大の深さと最小の深さでの差（学習できた割合）"),
        LocalizedText.Both("> 0"),
        LocalizedText.Both("docs/experiments/ablation.md §2; He et al. 2016"));

    public static readonly Claim NoContextWithoutAttention = new(
        "no-context-without-attention",
        new LocalizedText(
            "Without attention no net, however large, can know more than the last token tells.",
            "アテンションがなければ、どれほど大きなネットでも直前のトークン 1 つから分かること以上は学べません。"),
        new LocalizedText(
            "learned share without attention − that of the best prediction from the last token alone, on the same held-out text",
            "アテンションなしで学習できた割合 − 直前のトークンだけからの最良の予測の割合（同じ検証データで）"),
        new LocalizedText("≤ 0: loss ≥ that of P(x_t|x_{t−1}) on the same text", "≤ 0（損失 ≥ 同じ検証データでの P(x_t|x_{t−1}) の損失）"),
        new LocalizedText(
            "Shannon 1948 (no prediction beats the conditional entropy); docs/experiments/ablation.md §3",
            "Shannon 1948（どんな予測の損失も条件付きエントロピーを下回らない）; docs/experiments/ablation.md §3"));

    public static readonly Claim SizeIsImportance = new(
        "larger-part-matters-more",
        new LocalizedText(
            "The feed-forward sublayer has two thirds of a layer's weights and therefore matters more than attention with its third.",
            "フィードフォワードは層の重みの 3 分の 2 を占めるので、3 分の 1 のアテンションより重要です。"),
        new LocalizedText(
            "what is lost without the feed-forward sublayers − what is lost without attention (learned share)",
            "フィードフォワードを外して失われる分 − アテンションを外して失われる分（学習できた割合）"),
        LocalizedText.Both("≥ 0"),
        new LocalizedText(
            "the popular sentence: 8d² against 4d² weights; docs/experiments/ablation.md §4",
            "よく言われる主張（重みの数は 8d² 対 4d²）; docs/experiments/ablation.md §4"));

    public static readonly Claim OneHeadIsEnough = new(
        "one-head-is-enough",
        new LocalizedText(
            "One head as wide as all of them together loses less than a tenth.",
            "すべてのヘッドを合わせた幅のヘッドが 1 つあれば、失われるのは 1 割未満です。"),
        new LocalizedText(
            "what is lost with one head (learned share)",
            "ヘッドを 1 つにして失われる分（学習できた割合）"),
        LocalizedText.Both("≤ 0.1"),
        new LocalizedText(
            "Michel et al. 2019 (most heads can be taken out of a trained model); docs/experiments/ablation.md §5",
            "Michel et al. 2019（学習済みモデルではヘッドの大半を取り除ける）; docs/experiments/ablation.md §5"));

    public static readonly Claim CausalNeedsNoPositions = new(
        "causal-needs-no-positions",
        new LocalizedText(
            "A decoder needs no positions: its causal mask alone tells them apart.",
            "decoder に位置情報は不要です。因果マスクだけで位置を区別できます。"),
        new LocalizedText(
            "what is lost without positions (learned share)",
            "位置を外して失われる分（学習できた割合）"),
        LocalizedText.Both("≤ 0.1"),
        LocalizedText.Both("Haviv et al. 2022; Kazemnejad et al. 2023; docs/experiments/ablation.md §6"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All = [SkipMattersMost, SkipMattersMoreWithDepth, NoContextWithoutAttention, SizeIsImportance, OneHeadIsEnough, CausalNeedsNoPositions];

    // what a part may cost that does "not matter"
    private const double Little = 0.1;

    /// <summary>Tests what can be tested at one depth.</summary>
    /// <param name="losses">What was lost at this depth.</param>
    public static IEnumerable<ClaimResult> Test(PartLosses losses)
    {
        string at = string.Create(CultureInfo.InvariantCulture, $"depth {losses.Depth}");
        if (losses.MostBut("skip") is { } rival && losses.Difference("skip", rival) is { } lead)
        {
            yield return SkipMattersMost.Test($"{at}, skip − {rival}", "≥ 0", Bound.AtLeast(0), lead, rival is "norm"
                ? new LocalizedText(
                    "Without the skip path, and without the normalization, a deep net learns nothing: between two parts that are both needed there is no order. See the experiment synergy.",
                    "深いネットはスキップ経路がなくても正規化がなくても何も学習できません。どちらも不可欠な二つの部品に順位はつきません。実験 synergy を参照してください。")
                : lead.Estimate >= 0
                ? new LocalizedText(
                    "Without the skip path every layer writes over its input, and after many layers nothing of the sentence is left for any other part to work on.",
                    "スキップ経路がなければ各層が入力を上書きし、層を重ねたあとには、ほかの部品が扱える文の情報が残りません。")
                : new LocalizedText(
                    "A few layers lose little without it, while the task cannot be solved at all without what this other part does.",
                    "数層ではスキップ経路がなくても失うものはわずかですが、もう一方の部品の働きがなければ課題は解けません。"));
        }

        if (losses.AttentionOverBound is { } over)
        {
            yield return NoContextWithoutAttention.Test(at, "≤ 0", Bound.AtMost(0), over, new LocalizedText(
                "Attention is the only part that carries anything from one position to another; all others work on each position by itself.",
                "位置から位置へ情報を運ぶのはアテンションだけで、ほかの部品はどれも位置ごとに働きます。"));
        }

        if (losses.Difference("feed-forward", "attention") is { } larger)
        {
            yield return SizeIsImportance.Test($"{at}, feed-forward − attention", "≥ 0", Bound.AtLeast(0), larger, new LocalizedText(
                "Weights say how much a part can store, not whether another can do its work. Attention does what no other part can; some of what the feed-forward sublayer does, attention layers and the output matrix can do too.",
                "重みの数が表すのは蓄えられる量であって、ほかの部品で代わりがきくかどうかではありません。アテンションの働きはほかの部品では代えられませんが、フィードフォワードの働きの一部はアテンションの層や出力行列でも担えます。"));
        }

        if (losses.Of("heads") is { } heads)
        {
            yield return OneHeadIsEnough.Test(at, "≤ 0.1", Bound.AtMost(Little), heads, new LocalizedText(
                "One head has the same weights as all of them, and the task asks each layer to look at one place at a time.",
                "ヘッドが 1 つでも重みの数は同じで、この課題では各層が一度に 1 か所を見られれば足ります。"));
        }

        if (losses.Of("positions") is { } positions)
        {
            yield return CausalNeedsNoPositions.Test(at, "≤ 0.1", Bound.AtMost(Little), positions, new LocalizedText(
                "The mask tells positions apart only through how many tokens an average runs over. That can be learned, but this training is short, and the first layer's pattern cannot pick out the token before the last by its place.",
                "因果マスクが位置の違いを伝えるのは、平均するトークンの数を通してだけです。学習は可能でも、この短い学習では足りず、最初の層は一つ前のトークンを場所で選び出せません。"));
        }
    }

    /// <summary>Tests what compares the smallest depth with the largest.</summary>
    /// <param name="deep">The largest.</param>
    /// <param name="shallow">The smallest.</param>
    public static IEnumerable<ClaimResult> TestDepths(PartLosses deep, PartLosses shallow)
    {
        if (deep.Depth != shallow.Depth && deep.DifferenceOf("skip", shallow) is { } growth)
        {
            yield return SkipMattersMoreWithDepth.Test(
                string.Create(CultureInfo.InvariantCulture, $"depth {deep.Depth} − {shallow.Depth}"), "> 0", Bound.AtLeast(0), growth, new LocalizedText(
                    "Without a skip path a share of the signal is lost in every layer; what is left after L layers is a power.",
                    "スキップ経路がないと層ごとに信号の一部が失われ、L 層後に残るのは累乗の割合です。"));
        }
    }

    /// <summary>Why a claim was tested on nothing.</summary>
    public static OmittedClaim Omit(Claim claim)
    {
        (string english, string japanese) = claim.Id switch
        {
            "skip-matters-most" => ("skip and at least one other part in the setting parts", "設定 parts に skip とほかの部品を一つ以上"),
            "skip-matters-more-with-depth" => ("skip in the setting parts and at least two depths", "設定 parts に skip、depths に二つ以上の深さ"),
            "no-context-without-attention" => ("attention in the setting parts", "設定 parts に attention"),
            "larger-part-matters-more" => ("attention and feed-forward in the setting parts", "設定 parts に attention と feed-forward"),
            "one-head-is-enough" => ("heads in the setting parts, and more than one head", "設定 parts に heads、そして 2 つ以上のヘッド"),
            _ => ("positions in the setting parts", "設定 parts に positions"),
        };
        return new OmittedClaim(claim, new LocalizedText($"It needs {english}, and a run that was not stopped before.", $"{japanese}を指定し、途中で止めずに実行する必要があります。"));
    }
}
