namespace Fukami.Lab;

/// <summary>The claims of <see cref="BatchSize"/>.</summary>
internal static class BatchSizeClaims
{
    private const string Derivation = "docs/experiments/batch-size.md";

    public static readonly Claim MeanNoise = new(
        "mean-noise",
        new LocalizedText("The mean that batch normalization subtracts is noise of size σ/√B.", "バッチ正規化が引く平均は、σ/√B の大きさで揺らぎます。"),
        new LocalizedText(
            "root mean square of the batch mean of a feature whose true mean is 0, divided by σ/√B; geometric mean over the batch sizes",
            "真の平均が 0 の特徴についてのバッチ平均の二乗平均平方根を σ/√B で割った値（バッチサイズについての幾何平均）"),
        LocalizedText.Both("1 ± 0.05"),
        new LocalizedText($"variance of a mean of independent samples; {Derivation} §1", $"独立なサンプルの平均の分散; {Derivation} §1"));

    public static readonly Claim VarianceBias = new(
        "variance-bias",
        new LocalizedText("The variance that batch normalization divides by is too small by the factor 1 − 1/B on average.", "バッチ正規化が割る分散は、平均すると 1 − 1/B 倍に小さくなっています。"),
        new LocalizedText(
            "mean of the batch variance, divided by (1 − 1/B)σ²; geometric mean over the batch sizes from 2 on",
            "バッチ分散の平均を (1 − 1/B)σ² で割った値（2 以上のバッチサイズについての幾何平均）"),
        LocalizedText.Both("1 ± 0.05"),
        new LocalizedText($"Bessel's correction; {Derivation} §1", $"ベッセルの補正; {Derivation} §1"));

    public static readonly Claim VarianceNoise = new(
        "variance-noise",
        new LocalizedText("For normal features the batch variance has a coefficient of variation of √(2/(B − 1)).", "特徴が正規分布なら、バッチ分散の変動係数は √(2/(B − 1)) です。"),
        new LocalizedText(
            "standard deviation of the batch variance over its mean, divided by √(2/(B − 1)); geometric mean over the batch sizes from 2 on",
            "バッチ分散の標準偏差と平均の比を √(2/(B − 1)) で割った値（2 以上のバッチサイズについての幾何平均）"),
        LocalizedText.Both("1 ± 0.05"),
        new LocalizedText($"χ² distribution; {Derivation} §1", $"χ² 分布; {Derivation} §1"));

    public static readonly Claim TwoSamples = new(
        "two-samples",
        new LocalizedText(
            "In a batch of two samples batch normalization leaves only a sign of each feature: ±1, whatever the values. ε takes a little off: ±1/√(1 + 4ε/d²) for samples d apart.",
            "2 サンプルのバッチでは、バッチ正規化のあとに残るのは各特徴の符号だけで、値によらず ±1 になります。ε の分だけ小さくなり、差が d なら ±1/√(1 + 4ε/d²) です。"),
        new LocalizedText("mean distance of |y| from what the formula says", "|y| と式の値との差の平均"),
        new LocalizedText("≤ 10⁻⁵, the rounding of single precision", "≤ 10⁻⁵（単精度の丸め誤差）"),
        LocalizedText.Both($"{Derivation} §2"));

    public static readonly Claim OneSample = new(
        "one-sample",
        new LocalizedText("A batch of one sample gives the bias alone: the input is gone.", "1 サンプルのバッチではバイアスだけが出力され、入力は跡形もなく消えます。"),
        new LocalizedText("largest |y − β| over all features", "すべての特徴についての |y − β| の最大値"),
        new LocalizedText("exactly 0", "厳密に 0"),
        LocalizedText.Both($"x − μ = 0; {Derivation} §2"));

    public static readonly Claim BatchFree = new(
        "batch-free",
        new LocalizedText("In training mode, a sentence's output does not depend on what else is in the batch.", "学習モードで、文の出力はバッチ内のほかの文に依存しません。"),
        new LocalizedText(
            "relative change of a sentence's logits between alone and among others, the largest over the batch sizes",
            "文を単独で入れたときと、ほかの文と一緒に入れたときのロジットの相対変化（バッチサイズについての最大値）"),
        new LocalizedText("exactly 0: the same bits", "厳密に 0（ビット単位で一致）"),
        LocalizedText.Both($"{Derivation} §3"));

    public static readonly Claim EqualLoss = new(
        "equal-loss",
        new LocalizedText("With enough samples in the batch and an easy task, batch and layer normalization reach the same loss.", "バッチに十分なサンプルがあり課題が易しければ、バッチ正規化と層正規化は同じ損失に達します。"),
        new LocalizedText(
            "held-out loss with batch normalization minus that with layer normalization, as a share of what there is to learn (ln V − entropy)",
            "検証損失の差（バッチ正規化 − 層正規化）を、学べる量（ln V − エントロピー）で割った割合"),
        LocalizedText.Both("0 ± 0.05"),
        LocalizedText.Both($"{Derivation} §4"));

    public static readonly Claim SimplyWorse = new(
        "simply-worse",
        new LocalizedText("Batch normalization is simply worse for text.", "バッチ正規化はテキストでは単純に劣ります。"),
        EqualLoss.Quantity,
        LocalizedText.Both("> 0.05"),
        new LocalizedText($"said in many lessons; {Derivation} §4", $"多くの教材にある説明; {Derivation} §4"));

    public static readonly Claim SmallBatchesHurt = new(
        "small-batches-hurt",
        new LocalizedText("A small batch costs a net with batch normalization more than one with layer normalization.", "小さなバッチで失うものは、層正規化のネットよりバッチ正規化のネットのほうが大きくなります。"),
        new LocalizedText(
            "what the held-out loss lies above the source's entropy at the smallest batch: with batch normalization over with layer normalization",
            "最小のバッチで検証損失が情報源のエントロピーを上回る分の比（バッチ正規化 / 層正規化）"),
        LocalizedText.Both("≥ 1"),
        LocalizedText.Both($"{Derivation} §4"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All = [MeanNoise, VarianceBias, VarianceNoise, TwoSamples, OneSample, BatchFree, EqualLoss, SimplyWorse, SmallBatchesHurt];
}
