using System.Globalization;

namespace Fukami.Lab;

/// <summary>The claims of <see cref="Identity"/>.</summary>
internal static class IdentityClaims
{
    private static readonly LocalizedText Error = new("mean square error on held-out examples of the deepest net after training; who always answers 0 has 1", "最も深いネットの、学習後の未使用データでの 2 乗平均誤差（常に 0 と答えれば 1）");

    private static readonly LocalizedText Explained = new("share of the input that the deepest net explains after training: 1 − error, at least 0", "学習後の最も深いネットが説明できる入力の割合: 1 − 誤差（0 未満は 0 とする）");

    public static readonly Claim DeepPlainFails = new(
        "deep-plain-fails",
        new LocalizedText(
            "Without a skip path a deep stack does not learn to copy its input: it explains less than a tenth of it.",
            "スキップ経路がないと、深いネットは入力の写し方を学習できません。説明できるのは入力の分散の 1 割未満です。"),
        Explained,
        new LocalizedText("1 − error ≤ 0.1", "1 − 誤差 ≤ 0.1"),
        LocalizedText.Both("He et al. 2016 §1; docs/experiments/identity.md §1"));

    public static readonly Claim Degradation = new(
        "deeper-plain-is-worse",
        new LocalizedText(
            "Without a skip path more blocks make it worse, though the additional ones would only have to do nothing.",
            "スキップ経路がないと、ブロックを増やすほど悪くなります。増やした分は何もしなければよいだけのはずなのに、です。"),
        new LocalizedText("share of the input that the shallowest net explains after training, less that of the deepest", "学習後に説明できる入力の割合。最も浅いネットの値から最も深いネットの値を引いた差"),
        LocalizedText.Both("> 0"),
        new LocalizedText("He et al. 2016 §1 (degradation)", "He et al. 2016 §1（劣化問題）"));

    public static readonly Claim ZeroStart = new(
        "zero-start-is-identity",
        new LocalizedText(
            "With a skip path and branches that begin as zero, a net of any depth is the identity from the first step on.",
            "スキップ経路があり枝がゼロから始まれば、どの深さのネットも最初のステップから恒等写像です。"),
        new LocalizedText("largest error of all depths after training", "すべての深さのうち最大の、学習後の誤差"),
        new LocalizedText("= 0, to the bit", "= 0（ビット単位で）"),
        LocalizedText.Both("Bachlechner et al. 2020; docs/experiments/identity.md §2"));

    public static readonly Claim SkipAlone = new(
        "skip-alone-learns-identity",
        new LocalizedText(
            "Residual connections alone let a net learn the identity.",
            "残差接続さえあれば、ネットは恒等写像を学習できます。"),
        Error,
        new LocalizedText("error ≤ 0.01: 99 % of the input explained", "誤差 ≤ 0.01（入力の 99 % を説明できる）"),
        new LocalizedText("the popular sentence; docs/experiments/identity.md §3", "よく言われる主張; docs/experiments/identity.md §3"));

    public static readonly Claim ExtraLayers = new(
        "extra-layers-harmless",
        new LocalizedText(
            "More layers on top of a trained net do no harm.",
            "学習済みのネットに層を足しても害はありません。"),
        new LocalizedText("share of what was learned that is lost, at most all of it: (error with fresh blocks − error)/(v − error), v: the target's mean square", "失われる学習内容の割合（最大で全部）: (新しいブロックを足した誤差 − 誤差)/(v − 誤差)、v は目標の 2 乗平均"),
        LocalizedText.Both("≤ 0.1"),
        LocalizedText.Both("He et al. 2016 §1; docs/experiments/identity.md §4"));

    public static readonly Claim Lesion = new(
        "lesion-harmless",
        new LocalizedText(
            "A trained net that loses one block keeps at least half of what it has learned.",
            "学習済みのネットは、ブロックを 1 つ失っても学習したことの半分以上を保ちます。"),
        new LocalizedText("share of what was learned that is lost with a block, at most all of it: (error without it − error)/(v − error), mean over blocks", "ブロックを 1 つ外したときに失われる学習内容の割合（最大で全部）: (外した誤差 − 誤差)/(v − 誤差) の全ブロック平均"),
        new LocalizedText("≤ ½: of the 2ⁿ ways through n blocks a half remain", "≤ ½（n 個のブロックを通る 2ⁿ 通りの経路のうち半分が残る）"),
        LocalizedText.Both("Veit et al. 2016; docs/experiments/identity.md §5"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All = [DeepPlainFails, Degradation, ZeroStart, SkipAlone, ExtraLayers, Lesion];

    /// <summary>Tests what copying says of an arrangement.</summary>
    /// <param name="job">A job of the deepest net.</param>
    /// <param name="deepest">The deepest net's error.</param>
    /// <param name="explained">The share of the input that the deepest net explains.</param>
    /// <param name="worse">The share that the shallowest net explains, less the deepest one's; null for one depth.</param>
    /// <param name="largest">The largest error of all depths.</param>
    public static IEnumerable<ClaimResult> TestCopying(IdentityJob job, Interval deepest, Interval explained, Interval? worse, Interval largest)
    {
        string subject = string.Create(CultureInfo.InvariantCulture, $"{job.Name}, {job.Blocks} blocks");
        if (!MultilayerBlock.HasSkip(job.Residual))
        {
            var why = new LocalizedText(
                "Every ReLU loses a part of what comes in, and the gradient reaches the first blocks only through all the others: so many small steps do not find the way out.",
                "ReLU を通るたびに情報の一部が失われ、最初のブロックへの勾配は残りすべてのブロックを通らなければ届きません。小さなステップをこれだけ重ねても抜け出せません。");
            yield return DeepPlainFails.Test(subject, "≤ 0.1", Bound.AtMost(0.1), explained, why);
            if (worse is { } difference)
            {
                yield return Degradation.Test(job.Name, "> 0", Bound.AtLeast(double.Epsilon), difference, new LocalizedText(
                    "That a block does nothing is, without a skip path, a function like any other: it has to be learned.",
                    "スキップ経路がなければ、「何もしない」ことも他の関数と同じように学習しなければならない関数です。"));
            }

            yield break;
        }

        if (job.Residual is "zero" or "rezero")
        {
            yield return ZeroStart.Test(job.Name, "0", Bound.Around(0, 0), largest, new LocalizedText(
                "x + 0 is x, to the bit. The loss is 0, so is its gradient, and no step changes anything.",
                "x + 0 はビット単位で x と同じです。損失は 0、勾配も 0 なので、どのステップでも何も変わりません。"));
        }

        yield return SkipAlone.Test(subject, "≤ 0.01", Bound.AtMost(0.01), deepest, Reason(deepest, job.Residual switch
        {
            "plain" => new LocalizedText(
                "Every block adds twice what it reads, so the stream's variance begins 3ⁿ times too large. It is the start, not the skip path, that decides.",
                "どのブロックも読み込んだ値の 2 倍の分散を足すので、開始時のストリームの分散は 3ⁿ 倍になります。決め手はスキップ経路ではなく初期値です。"),
            "zero" or "rezero" => new LocalizedText(
                "The branches begin as zero: there is nothing to learn.",
                "枝がゼロから始まるので、学習することがありません。"),
            "pre" => new LocalizedText(
                "Every block adds 2 to the variance at the start; the branches have to be unlearned one by one.",
                "開始時には各ブロックが分散を 2 ずつ足します。枝の出力を 1 つずつ打ち消していく必要があります。"),
            _ => new LocalizedText(
                "The normalization on the skip path mixes what the branches add into the input, and it forgets the input's size.",
                "スキップ経路上の正規化が、枝の足した分を入力に混ぜ込み、入力の大きさも忘れさせます。"),
        }));
    }

    /// <summary>Tests what adding and taking away says of an arrangement.</summary>
    /// <param name="job">The job.</param>
    /// <param name="added">Share of what was learned that is lost with fresh blocks.</param>
    /// <param name="dropped">Share that is lost with a block.</param>
    public static IEnumerable<ClaimResult> TestSurgery(IdentityJob job, Interval added, Interval dropped)
    {
        bool skip = MultilayerBlock.HasSkip(job.Residual);
        yield return ExtraLayers.Test(job.Name, "≤ 0.1", Bound.AtMost(0.1), added, job.Residual is "zero" or "rezero"
            ? new LocalizedText("Blocks that begin as zero add nothing to the stream: the output has the same bits.", "ゼロから始まるブロックはストリームに何も足さず、出力はビット単位で同じです。")
            : skip
                ? new LocalizedText("The skip path keeps what was learned, but fresh branches add as much noise as there is stream: a skip path alone does not make a new layer harmless.", "学習した内容はスキップ経路に残りますが、新しい枝がストリームと同程度のノイズを足します。スキップ経路だけでは、新しい層は無害になりません。")
                : new LocalizedText("What the trained blocks say must come through the fresh ones, which turn it into something else.", "学習済みブロックの出力は新しいブロックを通らざるをえず、そこで別のものに変わってしまいます。"));
        yield return Lesion.Test(job.Name, "≤ 0.5", Bound.AtMost(0.5), dropped, job.Residual switch
        {
            "plain" => new LocalizedText(
                "The branches began twice as large as the stream, so most of the stream comes from the last blocks that it went through: every block is needed.",
                "枝はストリームの 2 倍の大きさで始まったので、ストリームの大半は通ってきたブロックの出力です。どのブロックも欠かせません。"),
            "zero" or "rezero" => new LocalizedText(
                "The branches stayed small beside the stream, which flows on past the gap: the other blocks still read features that they know.",
                "枝の出力はストリームに比べて小さく、ストリームは欠けた箇所を素通りします。残りのブロックは見慣れた特徴を読み続けられます。"),
            _ when skip => new LocalizedText(
                "The stream flows on past the gap, but lacks what a branch as large as the input had added.",
                "ストリームは欠けた箇所を素通りしますが、入力と同程度に大きい枝が足していた分は失われます。"),
            _ => new LocalizedText(
                "There is only one way through, and the next block gets features that it was never trained on.",
                "通り道は 1 本しかなく、次のブロックは学習時に見たことのない特徴を受け取ります。"),
        });
    }

    /// <summary>Why a claim was tested on nothing.</summary>
    public static OmittedClaim Omit(Claim claim)
    {
        (string english, string japanese) = claim.Id switch
        {
            "deep-plain-fails" => ("an arrangement without a skip path, such as residual=none", "スキップ経路のない配置（residual=none など）"),
            "deeper-plain-is-worse" => ("an arrangement without a skip path, such as residual=none, and at least two numbers in blocks", "スキップ経路のない配置（residual=none など）と、2 つ以上の blocks "),
            "zero-start-is-identity" => ("residual=zero or rezero", "residual=zero または rezero "),
            "extra-layers-harmless" or "lesion-harmless" => ("a net that has learned at least a tenth of the function; give more steps", "関数の 1 割以上を学習したネット（steps を増やしてください）"),
            _ => ("an arrangement with a skip path, such as residual=plain", "スキップ経路のある配置（residual=plain など）"),
        };
        return new OmittedClaim(claim, new LocalizedText(
            $"It is about none of what was selected; it needs {english}.",
            $"選ばれた設定の中に、この主張が当てはまるものがありません。{japanese}が必要です。"));
    }

    // a figure that is not one has another reason than the net's
    private static LocalizedText Reason(Interval measured, LocalizedText why) => double.IsFinite(measured.Estimate)
        ? why
        : new LocalizedText(
            "The numbers leave the range of single precision (up to 3e38), so there is nothing to measure; choose fewer blocks.",
            "数値が単精度の範囲（3e38 まで）を超えたため測れません。blocks を小さくしてください。");
}
