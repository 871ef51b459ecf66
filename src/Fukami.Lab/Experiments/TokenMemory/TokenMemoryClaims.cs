using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="TokenMemory"/>, derived in docs/experiments/token-memory.md.</summary>
internal static class TokenMemoryClaims
{
    public static readonly Claim FadesSlowly = new(
        "token-fades-slowly",
        new("In a pre-norm net the original word fades only as the square root of the depth: branches are added to it and nothing divides it.", "pre-norm では、元の単語は深さの平方根でしか薄れません。枝が足されるだけで、割られることがないからです。"),
        new("mean cosine of a position's stream behind the last layer and its token's embedding", "最後の層の後のストリームと、その位置のトークンの埋め込みとのコサインの平均"),
        new(
            "1/√(1 + (a + m)·L/σ₀²) … 1/√(1 + m·L/σ₀²), a and m the variances that attention and feed-forward pass on (Xavier: 1 and 0.32)",
            "1/√(1 + (a + m)·L/σ₀²) … 1/√(1 + m·L/σ₀²)。a と m は、アテンションとフィードフォワードによる分散の倍率（Xavier なら 1 と 0.32）"),
        new("docs/experiments/token-memory.md §1, after De & Smith 2020", "docs/experiments/token-memory.md §1（De & Smith 2020 に基づく）"));

    public static readonly Claim FadesGeometrically = new(
        "token-fades-geometrically",
        new("In a post-norm net, and in one without normalization, a branch is as large as the stream it is added to, so each layer keeps a fixed share of the word: it fades geometrically.", "post-norm と正規化なしのネットでは、枝の大きさが足される先に比例するので、単語は層ごとに一定の割合で薄れ、等比級数的に消えていきます。"),
        new("share of the cosine that a layer keeps: the k-th root of the mean cosine of the stream behind layer k and the token's embedding", "1 層が保つコサインの割合。k 層目の後のストリームとトークンの埋め込みのコサイン平均の k 乗根"),
        new(
            "1/√((1 + a)(1 + m)) … 1/√(1 + m), k the last layer where the smaller of them, to the power k, is 5/√(d·V) or more",
            "1/√((1 + a)(1 + m)) … 1/√(1 + m)。k は、下限の k 乗が 5/√(d·V) 以上である最後の層"),
        new(
            "docs/experiments/token-memory.md §1, after Xiong et al. 2020, lemma 3",
            "docs/experiments/token-memory.md §1（Xiong et al. 2020 補題 3 に基づく）"));

    public static readonly Claim GoneAtOnce = new(
        "word-gone-without-skip",
        new("Without a skip path nothing of the word's own direction is left after a single layer.", "スキップ経路がないと、1 層通っただけで、元の単語の向きは何も残りません。"),
        new("mean cosine of a position's stream behind the first layer and its token's embedding", "最初の層の後のストリームと、その位置のトークンの埋め込みとのコサインの平均"),
        LocalizedText.Both("0 ± 2/√d"),
        new(
            "docs/experiments/token-memory.md §2: a random matrix turns a vector anywhere",
            "docs/experiments/token-memory.md §2（ランダムな行列はベクトルをどの向きにも変えうる）"));

    public static readonly Claim CanBeRead = new(
        "word-can-be-read",
        new("After all layers of attention the original word is still there: a linear probe on the stream names it more often than not.", "すべての層のアテンションを通った後も元の単語は残っていて、ストリームの線形プローブが半分以上の単語を言い当てます。"),
        new("share of tokens that a linear probe of the stream behind the last layer names rightly, on sentences it has not seen", "最後の層の後のストリームから、線形プローブが未知の文のトークンを正しく言い当てた割合"),
        new("at least 0.5", "≥ 0.5"),
        new(
            "Alain & Bengio 2017 for the probe; docs/experiments/token-memory.md §3",
            "プローブは Alain & Bengio 2017; docs/experiments/token-memory.md §3"));

    public static readonly Claim BecomeAlike = new(
        "tokens-become-alike",
        new("Without a skip path all positions of a sentence become alike: at the last layer less than a hundredth of the stream tells them apart.", "スキップ経路がないと、文の中の位置はどれも似たものになります。最後の層では、位置を区別する成分はストリームの 100 分の 1 未満です。"),
        new("‖X − 1x̄ᵀ‖/‖X‖ behind the last layer", "最後の層の後の ‖X − 1x̄ᵀ‖/‖X‖"),
        new("at most 0.01", "≤ 0.01"),
        new(
            "Dong et al. 2021 (attention alone, without skips); docs/experiments/token-memory.md §4",
            "Dong et al. 2021（スキップのないアテンションのみの場合）; docs/experiments/token-memory.md §4"));

    public static readonly Claim KeptApart = new(
        "skip-keeps-tokens-apart",
        new("With a skip path the positions of a sentence stay apart, because each carries its own word along.", "スキップ経路があれば、各位置が自分の単語を運び続けるので、位置どうしは区別できるままです。"),
        new("‖X − 1x̄ᵀ‖/‖X‖ behind the last layer", "最後の層の後の ‖X − 1x̄ᵀ‖/‖X‖"),
        new(
            "at least √((1 − 1/T)(1 − 1/V)) times the smallest share of the word: pre 1/√(1 + (a + m)·L/σ₀²), post and plain ((1 + a)(1 + m))^(−L/2)",
            "≥ √((1 − 1/T)(1 − 1/V)) × 単語が占める割合の下限。下限は、pre では 1/√(1 + (a + m)·L/σ₀²)、post と plain では ((1 + a)(1 + m))^(−L/2)"),
        LocalizedText.Both("Dong et al. 2021, §3; docs/experiments/token-memory.md §4"));

    public static readonly Claim DoublyExponential = new(
        "rank-collapse-doubly-exponential",
        new("With attention alone, without skips and feed-forward parts, the collapse is doubly exponential: each layer cubes what tells positions apart.", "スキップもフィードフォワードもないアテンションだけのネットでは、崩壊は二重指数的です。位置を区別する成分は層ごとに 3 乗されます。"),
        new("ln(r₃/r₂)/ln(r₂/r₁), r = ‖X − 1x̄ᵀ‖/‖X‖ behind layers 1, 2, 3", "ln(r₃/r₂)/ln(r₂/r₁)（r は 1、2、3 層目の後の ‖X − 1x̄ᵀ‖/‖X‖）"),
        new("3 ± 0.5: what rounds to 3 (1 would be exponential)", "3 ± 0.5（四捨五入して 3。ただの指数的な崩壊なら 1）"),
        new("Dong et al. 2021, theorem 2.2; docs/experiments/token-memory.md §5", "Dong et al. 2021 定理 2.2; docs/experiments/token-memory.md §5"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All = [FadesSlowly, FadesGeometrically, GoneAtOnce, CanBeRead, BecomeAlike, KeptApart, DoublyExponential];

    /// <summary>The least share (as a cosine) of its own word that the stream can hold by depth, and the most, in a fresh net; null where no formula is known.</summary>
    public static (Func<int, double> Least, Func<int, double> Most)? Share(Arrangement arrangement, TransformerSettings net)
    {
        var v = new InitialVariances(net);
        double a = v.Attention, m = v.FeedForward;
        if (arrangement is { Residual: "pre", NormalizesRows: true })
        {
            return (l => 1 / Math.Sqrt(1 + ((a + m) * l / v.Stream)), l => 1 / Math.Sqrt(1 + (m * l / v.Stream)));
        }

        return arrangement.Residual is "plain" || arrangement is { Residual: "post", NormalizesRows: true }
            ? (l => Root((1 + a) * (1 + m), l), l => Root(1 + m, l))
            : null;

        static double Root(double x, int power) => ReproducibleMath.Exp(-0.5 * power * ReproducibleMath.Log(x));
    }

    /// <summary>Tests what can be tested on one kind of net.</summary>
    public static IEnumerable<ClaimResult> Test(MemoryTrial trial, IReadOnlyList<MemoryProfile> found)
    {
        int depth = trial.Net.Depth;
        if (trial.AttentionOnly)
        {
            if (CollapseExponent(found) is { } exponent)
            {
                yield return DoublyExponential.Test(trial.Name, "2.5 … 3.5", Bound.Around(3, 0.5), exponent, new(
                    "Near uniform attention, what a row has of its own is made of a query's, a key's and a value's difference from the mean: a product of three small numbers.",
                    "ほぼ一様なアテンションでは、行ごとの違いは「クエリの差・キーの差・バリューの差」の積、つまり小さな数三つの積になるからです。"));
            }

            yield break;
        }

        Interval cosine = Over(found, p => p.Cosine[depth]), read = Over(found, p => p.Read[depth]), apart = Geometric(found, p => p.Apart[depth]);
        yield return CanBeRead.Test(trial.Name, "≥ 0.5", Bound.AtLeast(0.5), read, WhyRead(trial, read));
        if (trial.Arrangement is not { } arrangement)
        {
            yield break;
        }

        if (!arrangement.HasSkip)
        {
            double band = 2 / Math.Sqrt(trial.Net.Width);
            yield return GoneAtOnce.Test(trial.Name, $"0 ± {Number(band)}", Bound.Around(0, band), Over(found, p => p.Cosine[1]), new(
                "Fresh weights turn the word into some other direction; what it meant may still be in there, but not where the embedding put it.",
                "初期の重みは単語を別の向きに変えます。情報は残っていても、埋め込みが置いた場所にはありません。"));
            yield return BecomeAlike.Test(trial.Name, "≤ 0.01", Bound.AtMost(0.01), apart, WhyAlike(arrangement, apart));
        }

        if (Share(arrangement, trial.Net) is not { } share)
        {
            yield break;
        }

        double least = share.Least(depth), most = share.Most(depth);
        if (arrangement.Residual is "pre")
        {
            yield return FadesSlowly.Test(trial.Name, $"{Number(least)} … {Number(most)}", new Bound(least, most), cosine, new(
                "Each layer adds about the same variance, in directions that have nothing to do with the word; the word itself stays as it was.", "各層は単語とは無関係な向きにほぼ同じ分散を足していきます。単語そのものは元のままです。"));
        }
        else
        {
            int visible = VisibleDepth(trial.Net, share.Least);
            yield return FadesGeometrically.Test(
                trial.Name, $"{Number(share.Least(1))} … {Number(share.Most(1))} (k = {visible})", new Bound(share.Least(1), share.Most(1)), Over(found, p => KeptByALayer(p.Cosine[visible], visible)), new(
                "What is added is in proportion to what is there, so the word's share is divided by the same factor in every layer.", "足される量がすでにある量に比例するので、単語の割合は層ごとに同じ倍率で小さくなります。"));
        }

        double floor = least * Math.Sqrt((1 - (1.0 / trial.Net.Length)) * (1 - (1.0 / trial.Net.Vocabulary)));
        yield return KeptApart.Test(trial.Name, $"≥ {Number(floor)}", Bound.AtLeast(floor), apart, new(
            "Different words are apart from the start, and the skip path carries that along at its share of the stream.", "異なる単語は最初から離れていて、スキップ経路がその違いをストリームに占める割合のぶんだけ運び続けます。"));
    }

    /// <summary>Why a claim was tested on nothing.</summary>
    public static OmittedClaim Omit(Claim claim)
    {
        (string english, string japanese) = claim.Id switch
        {
            "token-fades-slowly" => ("residual=pre with norm=layer or rms", "residual=pre、norm=layer または rms"),
            "token-fades-geometrically" => ("residual=plain, or post with norm=layer or rms", "residual=plain、または post と norm=layer／rms"),
            "word-gone-without-skip" or "tokens-become-alike" => ("residual=none or none-norm", "residual=none または none-norm"),
            "skip-keeps-tokens-apart" => ("residual=pre, post or plain with norm=layer or rms", "residual=pre、post、plain のいずれか、norm=layer または rms"),
            _ => ("three layers, and sentences short enough that the collapse does not reach the last digits of single precision before the third", "3 層以上で、3 層目までに単精度の桁が尽きない長さの文"),
        };
        return new OmittedClaim(claim, new LocalizedText(
            $"Its prediction is about none of what was selected; it needs {english}.", $"選ばれた設定の中に、この予測が当てはまるものがありません。{japanese}が必要です。"));
    }

    /// <summary>The mean over nets.</summary>
    public static Interval Over(IReadOnlyList<MemoryProfile> found, Func<MemoryProfile, double> figure) => Interval.OfMean(found.Select(figure).ToArray());

    /// <summary>The geometric mean over nets.</summary>
    public static Interval Geometric(IReadOnlyList<MemoryProfile> found, Func<MemoryProfile, double> figure) => Interval.OfGeometricMean(found.Select(figure).ToArray());

    // r(l+1) = C·r(l)³ with any C gives 3; below 3e-7 there are only the last digits of single precision
    private static Interval? CollapseExponent(IReadOnlyList<MemoryProfile> found)
    {
        double[] exponents = [.. found.Where(p => p.Apart.Length > 3 && p.Apart[3] > 3e-7).Select(p => ReproducibleMath.Log(p.Apart[3] / p.Apart[2]) / ReproducibleMath.Log(p.Apart[2] / p.Apart[1]))];
        return exponents.Length > 0 ? Interval.OfMean(exponents) : null;
    }

    // as deep as the share stands out from what chance makes of V random directions
    private static int VisibleDepth(TransformerSettings net, Func<int, double> least)
    {
        double noise = 5 / Math.Sqrt((double)net.Width * net.Vocabulary);
        int depth = 1;
        while (depth < net.Depth && least(depth + 1) >= noise)
        {
            depth++;
        }

        return depth;
    }

    private static double KeptByALayer(double cosine, int layers) => cosine > 0 ? ReproducibleMath.Pow(cosine, 1.0 / layers) : 0;

    private static LocalizedText WhyRead(MemoryTrial trial, Interval read) => (trial.Arrangement, read.Estimate >= 0.5) switch
    {
        (null, true) => new("Trained to say what comes next, the net still carries the word that it stands on.", "次の単語を当てるように学習しても、ネットは今いる位置の単語を持ち続けています。"),
        (null, false) => new("A trained net may overwrite the word with what it predicts.", "学習済みのネットは、元の単語を予測で上書きすることがあります。"),
        ({ HasSkip: true }, true) => new("The skip path carries the word to the end beside all that the layers add.", "スキップ経路が、各層の足すものと並んで、単語を最後まで運びます。"),
        ({ HasSkip: true }, false) => new("The word is still on the skip path, but so small beside what the layers added that a line cannot tell it any more.", "単語はスキップ経路に残っていますが、各層が足したものに比べて小さすぎ、線形には読み取れません。"),
        (_, true) => new("No word is carried along, but random layers mix them so mildly that a line can still tell them apart.", "単語がそのまま運ばれるわけではありませんが、ランダムな層の混ぜ方は弱く、まだ線形に区別できます。"),
        _ => new("Each layer mixes the positions and passes nothing by, so what a position had of its own is averaged away.", "どの層も位置どうしを混ぜ、素通りさせるものがないので、その位置だけの情報は平均されて消えます。"),
    };

    private static LocalizedText WhyAlike(Arrangement arrangement, Interval apart) => apart.Estimate <= 0.01
        ? new("Attention averages positions, and nothing brings back what the average took.", "アテンションは位置を平均し、平均で失われたものを戻す経路がありません。")
        : arrangement.Residual is "none"
            ? new("Positions do become alike, but feed-forward parts and the causal mask, which lets every position average over others, slow it down.", "位置は似ていきますが、フィードフォワードと因果マスク（位置ごとに平均する相手が異なる）がそれを遅らせます。")
            : new("Normalization makes each row as large as before but does not bring back what the average took; positions do become alike, more slowly.", "正規化は行の大きさを戻しますが、平均で失われたものは戻しません。位置はゆっくりですが似ていきます。");

    private static string Number(double x) => x.ToString("G3", CultureInfo.InvariantCulture);
}
