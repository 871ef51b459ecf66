namespace Fukami.Lab;

/// <summary>The claims of <see cref="TrainInferenceGap"/>.</summary>
internal static class GapClaims
{
    private const string Derivation = "docs/experiments/train-inference-gap.md";

    public static readonly Claim SameInBothModes = new(
        "same-in-both-modes",
        new LocalizedText("A trained net without dropout gives the same output in training mode and in inference mode.", "ドロップアウトのない学習済みネットは、学習モードでも推論モードでも同じ出力を返します。"),
        new LocalizedText("relative difference of the logits between the modes, the largest over the batch sizes", "2 つのモードのロジットの相対差（バッチサイズについての最大値）"),
        new LocalizedText("exactly 0: the same bits", "厳密に 0（ビット単位で一致）"),
        LocalizedText.Both($"{Derivation} §1"));

    public static readonly Claim GapFalls = new(
        "gap-falls",
        new LocalizedText(
            "With batch normalization the gap between the modes is sampling noise: it falls as 1/√B with the batch.",
            "バッチ正規化での 2 つのモードの差はサンプリングの揺らぎで、バッチの大きさ B に対して 1/√B で小さくなります。"),
        new LocalizedText(
            "slope of the relative difference over the batch size, both as logarithms, with running statistics at rest",
            "移動平均が落ち着いた状態での、バッチの大きさに対する相対差の傾き（両対数）"),
        new LocalizedText(
            "that of √(1/B + m/((2 − m)b)) ± 0.1, m the momentum, b the batch in training",
            "√(1/B + m/((2 − m)b)) の傾き ± 0.1。m はモーメンタム、b は学習時のバッチサイズ"),
        LocalizedText.Both($"{Derivation} §2"));

    public static readonly Claim SettlingHelps = new(
        "settling-helps",
        new LocalizedText(
            "A part of the gap is lag: the running statistics belong to weights of some steps ago. Passes that change no weight take it away.",
            "差の一部は遅れによるものです。移動平均は数ステップ前の重みのもので、重みを変えないパスを重ねれば、その分はなくなります。"),
        new LocalizedText(
            "relative difference at the largest batch after those passes, divided by that before",
            "最大のバッチでの相対差の、パスを重ねる前後の比（後 / 前）"),
        LocalizedText.Both("< 1"),
        LocalizedText.Both($"{Derivation} §3"));

    public static readonly Claim TrainingModeCosts = new(
        "training-mode-costs",
        new LocalizedText(
            "Whoever forgets to switch to inference mode pays for it in a small batch: the loss is higher.",
            "推論モードへの切り替えを忘れると、小さなバッチでは損失が大きくなります。"),
        new LocalizedText(
            "held-out loss in training mode minus that in inference mode at the smallest batch, in nats",
            "最小のバッチでの検証損失の差（学習モード − 推論モード、nat）"),
        LocalizedText.Both("> 0"),
        LocalizedText.Both($"{Derivation} §4"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All = [SameInBothModes, GapFalls, SettlingHelps, TrainingModeCosts];
}
