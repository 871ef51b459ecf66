using System.Globalization;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="Synergy"/>; docs/experiments/synergy.md derives what they predict.</summary>
internal static class SynergyClaims
{
    public static readonly Claim WholeMoreThanParts = new(
        "whole-more-than-parts",
        new LocalizedText(
            "In a deep net, skip path and normalization together gain more than the sum of what each gains alone.",
            "深いネットでは、スキップ経路と正規化を組み合わせた効果は、それぞれ単独の効果の和を上回ります。"),
        new LocalizedText(
            "interaction skip × norm of the learned share at the largest depth: whole − skip alone − norm alone + neither",
            "最大の深さでの、学習できた割合に対するスキップ × 正規化の交互作用（両方 − スキップのみ − 正規化のみ + なし）"),
        LocalizedText.Both("> 0"),
        new LocalizedText(
            "2² factorial design (Fisher 1935); docs/experiments/synergy.md §1",
            "2² 要因計画（Fisher 1935）; docs/experiments/synergy.md §1"));

    public static readonly Claim InteractionGrows = new(
        "interaction-grows-with-depth",
        new LocalizedText(
            "The deeper the net, the more skip path and normalization depend on each other.",
            "ネットが深くなるほど、スキップ経路と正規化は互いに欠かせなくなります。"),
        new LocalizedText(
            "interaction at the largest depth − interaction at the smallest",
            "最大の深さでの交互作用 − 最小の深さでの交互作用"),
        LocalizedText.Both("> 0"),
        new LocalizedText(
            "docs/experiments/synergy.md §2: what either part lacks alone is a factor per layer",
            "docs/experiments/synergy.md §2（片方だけでは足りない分が、層ごとの倍率として効く）"));

    public static readonly Claim SkipSuffices = new(
        "skip-suffices",
        new LocalizedText(
            "A skip path alone is enough to train a deep net.",
            "スキップ経路さえあれば、深いネットを学習できます。"),
        new LocalizedText(
            "learned share of the best net with both − with the skip path alone, at the largest depth",
            "最大の深さで、両方あるときに学習できた割合 − スキップ経路だけのとき"),
        LocalizedText.Both("≤ 0.1"),
        new LocalizedText(
            "the popular sentence, with a tenth as what “enough” leaves; docs/experiments/synergy.md §3",
            "よく言われる主張（差が 0.1 以内なら「十分」とみなす）; docs/experiments/synergy.md §3"));

    public static readonly Claim NormSuffices = new(
        "norm-suffices",
        new LocalizedText(
            "A normalization alone is enough to train a deep net.",
            "正規化さえあれば、深いネットを学習できます。"),
        new LocalizedText(
            "learned share of the best net with both − with the normalization alone, at the largest depth",
            "最大の深さで、両方あるときに学習できた割合 − 正規化だけのとき"),
        LocalizedText.Both("≤ 0.1"),
        new LocalizedText(
            "the popular sentence, with a tenth as what “enough” leaves; docs/experiments/synergy.md §3",
            "よく言われる主張（差が 0.1 以内なら「十分」とみなす）; docs/experiments/synergy.md §3"));

    public static readonly Claim ShallowNeedsNeither = new(
        "shallow-needs-neither",
        new LocalizedText(
            "A shallow net can be trained without skip path and without normalization.",
            "浅いネットなら、スキップ経路も正規化もなしで学習できます。"),
        new LocalizedText(
            "learned share of the best net with both − with neither, at the smallest depth",
            "最小の深さで、両方あるときに学習できた割合 − どちらもないとき"),
        LocalizedText.Both("≤ 0.1"),
        new LocalizedText(
            "docs/experiments/synergy.md §2: the factor per layer has had no layers to act over",
            "docs/experiments/synergy.md §2（層が少なければ、層ごとの倍率は積み重ならない）"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All = [WholeMoreThanParts, InteractionGrows, SkipSuffices, NormSuffices, ShallowNeedsNeither];

    // what "enough" may leave of the share
    private const double Enough = 0.1;

    /// <summary>Tests what is claimed of an arrangement that has both parts.</summary>
    /// <param name="name">The arrangement.</param>
    /// <param name="cells">Of each depth, shallowest first: the four nets of each seed that has them all.</param>
    /// <param name="depths">The depths.</param>
    public static IEnumerable<ClaimResult> TestWhole(string name, IReadOnlyList<IReadOnlyList<FactorialCells>> cells, IReadOnlyList<int> depths)
    {
        IReadOnlyList<FactorialCells> deep = cells[^1], shallow = cells[0];
        if (deep.Count == 0)
        {
            yield break;
        }

        yield return WholeMoreThanParts.Test(Subject(name, depths[^1]), "> 0", Bound.AtLeast(0), Over(deep, c => c.Interaction), Over(deep, c => c.Both).Estimate > Enough
            ? new LocalizedText(
                "Without the skip path the input is lost on the way; without the normalization the stream's size multiplies layer by layer. Either is enough to stop a deep net, so mending one gains little until the other is mended too.",
                "スキップ経路がなければ入力が途中で失われ、正規化がなければストリームの大きさが層ごとに何倍にもなります。深いネットは片方の欠陥だけでも学習できなくなるので、一方だけを直しても効果は小さく、両方そろって初めて効きます。")
            : new LocalizedText(
                "This arrangement hardly trains at this depth and learning rate although it has both parts: where the normalization stands matters too.",
                "この配置は両方を備えていても、この深さと学習率ではほとんど学習できません。正規化を置く場所も重要です。"));
        if (shallow.Count > 0 && depths.Count > 1)
        {
            // seed by seed, since a seed has the same source at every depth
            Interval growth = Interval.OfMean([.. deep.Join(shallow, d => d.Seed, s => s.Seed, (d, s) => d.Interaction - s.Interaction)]);
            yield return InteractionGrows.Test(
                string.Create(CultureInfo.InvariantCulture, $"{name}, depth {depths[^1]} − {depths[0]}"), "> 0", Bound.AtLeast(0), growth, Over(deep, c => c.Both).Estimate > Enough
                ? new LocalizedText(
                    "At few layers every combination learns, and there is nothing to add; what each part prevents grows with every layer.",
                    "層が少なければどの組み合わせでも学習でき、付け加える余地がありません。それぞれの部品が防いでいる害は、層を重ねるほど大きくなります。")
                : new LocalizedText(
                    "At the largest depth even both parts together hardly train in this arrangement, so there is nothing left to interact; look at the depths between in the table.",
                    "最大の深さでは、この配置は両方を備えていてもほとんど学習できず、交互作用の生じる余地がありません。表で中間の深さを見てください。"));
        }
    }

    /// <summary>Tests what is claimed of the parts alone, against the arrangement with both that learned most.</summary>
    /// <param name="deep">That arrangement's name, and the four nets of each seed at the largest depth.</param>
    /// <param name="shallow">The same at the smallest depth.</param>
    /// <param name="depths">The depths.</param>
    public static IEnumerable<ClaimResult> TestParts(
        (string Name, IReadOnlyList<FactorialCells> Cells) deep, (string Name, IReadOnlyList<FactorialCells> Cells) shallow, IReadOnlyList<int> depths)
    {
        if (deep.Cells.Count > 0)
        {
            yield return SkipSuffices.Test(Against("plain", deep.Name, depths[^1]), "≤ 0.1", Bound.AtMost(Enough), Over(deep.Cells, c => c.Both - c.Skip), new LocalizedText(
                "Each branch of an unnormalized net adds in proportion to the stream that it reads, so with every layer the stream, and in the end the logits, begin larger by a factor.",
                "正規化のない枝は、読み込むストリームに比例した量を足します。そのためストリームは層ごとに何倍にもなり、ロジットも巨大な値から学習が始まります。"));
            yield return NormSuffices.Test(Against("none-norm", deep.Name, depths[^1]), "≤ 0.1", Bound.AtMost(Enough), Over(deep.Cells, c => c.Both - c.Norm), new LocalizedText(
                "A normalization keeps the size of the stream, not what it says: without a skip path every layer writes over its input, and positions become alike.",
                "正規化が保つのはストリームの大きさであって、中身ではありません。スキップ経路がなければ各層が入力を上書きし、位置どうしの違いも消えていきます。"));
        }

        if (shallow.Cells.Count > 0)
        {
            yield return ShallowNeedsNeither.Test(Against("none", shallow.Name, depths[0]), "≤ 0.1", Bound.AtMost(Enough), Over(shallow.Cells, c => c.Both - c.Neither), new LocalizedText(
                "What a layer loses is a factor, and a factor for each of few layers is one that Adam, which divides by the gradient's size, makes good.",
                "1 層で失われるのは何割かにすぎません。層が少なければ、勾配の大きさで割る Adam が埋め合わせます。"));
        }
    }

    /// <summary>Why a claim was tested on nothing.</summary>
    public static OmittedClaim Omit(Claim claim) => new(claim, claim == InteractionGrows
        ? new LocalizedText("It compares two depths; give at least two in the setting depths.", "深さどうしの比較です。設定 depths に二つ以上の深さを指定してください。")
        : new LocalizedText("The run stopped before a seed had all four nets.", "四つのネットがそろったシードができる前に実行が止まりました。"));

    private static string Subject(string name, int depth) => string.Create(CultureInfo.InvariantCulture, $"{name}, depth {depth}");

    private static string Against(string part, string whole, int depth) => string.Create(CultureInfo.InvariantCulture, $"{part} against {whole}, depth {depth}");

    private static Interval Over(IReadOnlyList<FactorialCells> cells, Func<FactorialCells, double> figure) => Interval.OfMean([.. cells.Select(figure)]);
}
