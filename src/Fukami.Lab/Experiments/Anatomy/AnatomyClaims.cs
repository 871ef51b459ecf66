using System.Globalization;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="Anatomy"/>, derived in docs/experiments/anatomy.md.</summary>
internal static class AnatomyClaims
{
    public static readonly Claim SumHolds = new(
        "sum-holds",
        new("The residual connection is a plain sum: what leaves it is what came in plus what the branch made, to the last bit.", "残差接続は単なる足し算です。出てくる値は、入ってきた値と枝の出力の和に、最後のビットまで一致します。"),
        new("largest |sum − (stream before + branch)| over all layers, positions and features", "全層・全位置・全特徴にわたる |和 −（前のストリーム + 枝の出力）| の最大値"),
        new("0 exactly (DeepNorm: α·stream + branch)", "厳密に 0（DeepNorm では「α·ストリーム + 枝の出力」との差）"),
        new("the arrangement's formula; docs/experiments/anatomy.md §1", "配置の式; docs/experiments/anatomy.md §1"));

    public static readonly Claim MeanIsZero = new(
        "normalized-mean",
        new("Before γ and β, every row that layer normalization makes has mean 0.", "γ と β を掛ける前、層正規化の出力はどの行も平均 0 です。"),
        new("largest |mean| of a normalized row", "正規化後の行の |平均| の最大値"),
        new(
            "at most (d + 4)·2⁻²⁴·(1 + |mean|/σ)·(1 + |β/γ|), which single precision can do to it",
            "≤ (d + 4)·2⁻²⁴·(1 + |平均|/σ)·(1 + |β/γ|)（単精度で生じうる丸め誤差）"),
        new(
            "Ba et al. 2016, eq. 4; rounding: Higham 2002, §4.2; docs/experiments/anatomy.md §2",
            "Ba et al. 2016 式 4; 丸め誤差は Higham 2002 §4.2; docs/experiments/anatomy.md §2"));

    public static readonly Claim VarianceFollowsFormula = new(
        "normalized-variance",
        new("Its variance is σ²/(σ² + ε), σ² the variance of the row that came in.", "その分散は σ²/(σ² + ε) です（σ² は入力の行の分散）。"),
        new("largest |variance/(σ²/(σ² + ε)) − 1| of a normalized row", "正規化後の行の |分散/(σ²/(σ² + ε)) − 1| の最大値"),
        new("at most 2·(d + 4)·2⁻²⁴·(1 + |mean|/σ)·(1 + |β/γ|)", "≤ 2·(d + 4)·2⁻²⁴·(1 + |平均|/σ)·(1 + |β/γ|)"),
        LocalizedText.Both("Ba et al. 2016; docs/experiments/anatomy.md §2"));

    public static readonly Claim VarianceIsOne = new(
        "variance-exactly-one",
        new("After normalization every row has variance 1, exactly.", "正規化すると、どの行も分散がちょうど 1 になります。"),
        new("smallest variance of a normalized row, before γ and β", "正規化後（γ と β の前）の行の分散の最小値"),
        new("1 within what single precision can do to it", "1（単精度の丸め誤差の範囲で）"),
        new("a popular account; docs/experiments/anatomy.md §2", "よくある説明; docs/experiments/anatomy.md §2"));

    public static readonly Claim BranchIsSmaller = new(
        "branch-smaller-than-stream",
        new("In a trained net every sublayer adds less than what is already there: layers refine.", "学習済みのネットでは、どのサブレイヤーが足す量も、すでにある量より小さく、層は少しずつ手を加えているだけです。"),
        new("largest share over sublayers: mean norm of the branch over that of the stream it is added to", "枝の出力の平均ノルムと、足される先のストリームの平均ノルムの比（サブレイヤー中の最大値）"),
        new("at most 1", "≤ 1"),
        new(
            "Greff et al. 2017 (unrolled iterative estimation); docs/experiments/anatomy.md §3",
            "Greff et al. 2017（層の積み重ねを反復推定とみなす）; docs/experiments/anatomy.md §3"));

    public static readonly Claim StreamSize = new(
        "stream-size",
        new("In a pre-norm net the stream grows from layer to layer; in a post-norm net each layer's last normalization sets its size, whatever was added.", "pre-norm のストリームは層を追うごとに大きくなります。post-norm では何を足しても、各層の最後の正規化が大きさを決めます。"),
        new("mean norm of a position's stream behind the last layer, over that in front of the first (pre-norm) or behind the first (post-norm)", "最後の層の後のストリームの平均ノルムを、最初の層の前（pre-norm）または最初の層の後（post-norm）のそれで割った比"),
        new(
            "pre-norm: above 1; post-norm: within what min|γ|·√(d·v) − ‖β‖ and max|γ|·√d + ‖β‖ of the two normalizations allow",
            "pre-norm: > 1。post-norm: 2 つの正規化の下限 min|γ|·√(d·v) − ‖β‖ と上限 max|γ|·√d + ‖β‖ から決まる範囲"),
        new("Xiong et al. 2020, lemma 2; docs/experiments/anatomy.md §3", "Xiong et al. 2020 補題 2; docs/experiments/anatomy.md §3"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All = [SumHolds, MeanIsZero, VarianceFollowsFormula, VarianceIsOne, BranchIsSmaller, StreamSize];

    /// <summary>Tests what can be tested on one model.</summary>
    public static IEnumerable<ClaimResult> Test(AnatomyFinding found)
    {
        string subject = found.Model.Name, residual = found.Model.Net.Residual;
        if (!double.IsNaN(found.SumError))
        {
            yield return SumHolds.Test(subject, "0", new Bound(0, 0), Interval.Exactly(found.SumError), new(
                "Nothing else happens to the stream between the two points, and one addition in single precision gives the same bits here and there.",
                "二つの点の間でストリームに起きるのはこの足し算だけで、単精度の足し算は一回なら誰が計算しても同じビットになります。"));
        }

        List<NormCheck> layer = [.. found.Norms.Where(n => n.Centres)];
        if (layer.Count > 0)
        {
            double tolerance = layer.Max(n => n.Tolerance);
            yield return MeanIsZero.Test(subject, $"≤ {Number(tolerance)}", Bound.AtMost(tolerance), Interval.Exactly(layer.Max(n => n.Mean)), new(
                "The mean is subtracted; what is left is rounding.", "平均を引いているので、残るのは丸め誤差だけです。"));
        }

        if (found.Norms.Count > 0)
        {
            double tolerance = 2 * found.Norms.Max(n => n.Tolerance), smallest = found.Norms.Min(n => n.SmallestVariance);
            yield return VarianceFollowsFormula.Test(subject, $"≤ {Number(tolerance)}", Bound.AtMost(tolerance), Interval.Exactly(found.Norms.Max(n => n.Deviation)), new(
                "Dividing by √(σ² + ε) makes of the variance σ² just σ²/(σ² + ε).", "√(σ² + ε) で割れば、分散 σ² はちょうど σ²/(σ² + ε) になります。"));
            yield return VarianceIsOne.Test(subject, string.Create(CultureInfo.InvariantCulture, $"1 ± {Number(tolerance)}"), Bound.Around(1, tolerance), Interval.Exactly(smallest), new(
                string.Create(CultureInfo.InvariantCulture, $"ε keeps the division finite, and takes ε/(σ² + ε) away from the variance: the smaller the row, the more. Here up to {1 - smallest:0.0e+0}."),
                string.Create(CultureInfo.InvariantCulture, $"ε は割り算が発散しないためのもので、分散を ε/(σ² + ε) だけ減らします。行が小さいほど影響が大きく、ここでは最大 {1 - smallest:0.0e+0} です。")));
        }

        double largest = found.Shares.SelectMany(s => s).Max();
        if (residual is not ("none" or "none-norm"))
        {
            int at = Enumerable.Range(0, found.Shares.Count).First(l => found.Shares[l].Contains(largest));
            string part = found.Shares[at][0] == largest ? "attention" : "feed-forward", partJa = found.Shares[at][0] == largest ? "アテンション" : "フィードフォワード";
            yield return BranchIsSmaller.Test(subject, "≤ 1", Bound.AtMost(1), Interval.Exactly(largest), largest > 1
                ? new($"The {part} part of layer {at + 1} writes more than it found: near the embedding the stream is small, and a layer there makes features instead of refining them.",
                    $"{at + 1} 層目の{partJa}は、もとにあった量より多くを書き込んでいます。この層は特徴に手を加えるのではなく、新しく作っています。")
                : new($"The largest share is that of the {part} part of layer {at + 1}; all others add less to what is there.", $"最大は {at + 1} 層目の{partJa}で、ほかのサブレイヤーが足す割合はこれより小さくなっています。"));
        }

        if (residual is "pre" or "sandwich" or "scaled-pre")
        {
            double ratio = found.StreamNorms[^1] / found.StreamNorms[0];
            yield return StreamSize.Test(subject, "> 1", Bound.AtLeast(1), Interval.Exactly(ratio), new(
                "Branches read a normalized copy and add to the stream itself, which nothing divides; only where branches point against it does it shrink.",
                "枝は正規化された写しを読み、ストリーム本体に足します。本体を割るものはないので、枝が逆向きを指さない限り大きくなります。"));
        }
        else if (residual is "post" or "deepnorm" && found.Model.Net.Depth > 1 && found.Norms.Count == 2 * found.Model.Net.Depth)
        {
            (double firstLow, double firstHigh) = found.NormBounds(found.Norms[1]);
            (double lastLow, double lastHigh) = found.NormBounds(found.Norms[^1]);
            var bound = new Bound(lastLow / firstHigh, firstLow > 0 ? lastHigh / firstLow : double.PositiveInfinity);
            yield return StreamSize.Test(subject, $"{Number(bound.Low)} … {Number(bound.High)}", bound, Interval.Exactly(found.StreamNorms[^1] / found.StreamNorms[1]), new(
                "Behind a normalization a row's norm depends on γ and β and on nothing that was added before.",
                "正規化の後の行のノルムは γ と β だけで決まり、それまでに何を足したかにはよりません。"));
        }
    }

    /// <summary>Why a claim was tested on nothing.</summary>
    public static OmittedClaim Omit(Claim claim) => new(claim, claim.Id switch
    {
        "sum-holds" or "branch-smaller-than-stream" => new("The model has no skip path.", "このモデルにはスキップ経路がありません。"),
        "stream-size" => new("The prediction is about pre-norm nets, and post-norm nets of two layers or more.", "この予測は pre-norm と、2 層以上の post-norm のネットについてのものです。"),
        "normalized-mean" => new("Only layer normalization subtracts the mean of each row; the model has another normalization, or none whose input is a named point.", "行ごとに平均を引くのは層正規化だけです。このモデルの正規化は別の種類か、入力に名前のある点がありません。"),
        _ => new("The model does not normalize each row by its own features (norm=layer or rms).", "このモデルは各行をその行自身の特徴で正規化していません（norm=layer または rms が必要です）。"),
    });

    private static string Number(double x) => double.IsPositiveInfinity(x) ? "∞" : Figure.Of(x);
}
