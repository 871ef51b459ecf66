namespace Fukami.Lab;

/// <summary>The claims of <see cref="SequenceLength"/>.</summary>
internal static class SequenceLengthClaims
{
    private const string Derivation = "docs/experiments/sequence-length.md";

    public static readonly Claim NeighbourFree = new(
        "neighbour-free",
        new LocalizedText(
            "In training mode, a sentence gives the same output alone, padded, and beside longer sentences.",
            "学習モードで、文の出力は、単独でも、パディングしても、長い文と並べても変わりません。"),
        new LocalizedText("largest relative change of the sentence's logits against the sentence alone, padding masked", "文を単独で入れたときと比べた、ロジットの相対変化の最大値（パディングはマスク）"),
        new LocalizedText("exactly 0: the same bits", "厳密に 0（ビット単位で一致）"),
        LocalizedText.Both($"{Derivation} §1"));

    public static readonly Claim PaddingRespected = new(
        "padding-respected",
        new LocalizedText("Where batch statistics leave padding out, padding alone changes nothing.", "バッチ統計からパディングを除けば、パディングだけでは何も変わりません。"),
        new LocalizedText("largest relative change of the logits by padding alone", "パディングだけによるロジットの相対変化の最大値"),
        new LocalizedText("exactly 0: the same bits", "厳密に 0（ビット単位で一致）"),
        LocalizedText.Both($"{Derivation} §2"));

    public static readonly Claim PaddingIgnored = new(
        "padding-ignored",
        new LocalizedText(
            "Where batch statistics count padding, as in most code, the first normalization's output moves by at least √(n/T) − 1 of its size and at most √(n/T): T tokens padded to n positions.",
            "多くの実装のようにバッチ統計がパディングも数えると、最初の正規化の出力は大きさの √(n/T) − 1 倍以上、√(n/T) 倍以下だけ動きます（T トークンを n 位置までパディングした場合）。"),
        new LocalizedText("relative change of the first normalization's output at the largest padding", "最大のパディングでの、最初の正規化の出力の相対変化"),
        LocalizedText.Both("√(n/T) − 1 … √(n/T)"),
        LocalizedText.Both($"{Derivation} §2"));

    public static readonly Claim NeighboursMove = new(
        "neighbours-move",
        new LocalizedText(
            "Beside others, batch normalization moves a sentence of T tokens by √(1.5(n − T)/(nT)) of its size, n tokens in all.",
            "ほかの文と並べると、バッチ正規化は T トークンの文を大きさの √(1.5(n − T)/(nT)) 倍だけ動かします（n は全トークン数）。"),
        new LocalizedText("relative change of the first normalization's output beside the most neighbours", "隣の文が最も多いときの、最初の正規化の出力の相対変化"),
        LocalizedText.Both("√(1.5(n − T)/(nT)) ± 20 %"),
        LocalizedText.Both($"{Derivation} §3"));

    public static readonly Claim InferenceFree = new(
        "inference-free",
        new LocalizedText("In inference mode padding and neighbours change nothing.", "推論モードでは、パディングも隣の文も出力を変えません。"),
        new LocalizedText("largest relative change of the logits by padding or neighbours in inference mode", "推論モードでの、パディングや隣の文によるロジットの相対変化の最大値"),
        new LocalizedText("exactly 0: the same bits", "厳密に 0（ビット単位で一致）"),
        new LocalizedText($"running statistics are constants; {Derivation} §1", $"移動平均は定数; {Derivation} §1"));

    public static readonly Claim FutureLeak = new(
        "future-leak",
        new LocalizedText("In a causal net the first position's output does not depend on the last token.", "因果的なネットでは、最初の位置の出力は最後のトークンに依存しません。"),
        new LocalizedText("relative change of the first position's logits when the last token changes, the largest over the lengths", "最後のトークンを変えたときの、最初の位置のロジットの相対変化（長さについての最大値）"),
        new LocalizedText("exactly 0: the same bits", "厳密に 0（ビット単位で一致）"),
        new LocalizedText($"the definition of causal; {Derivation} §4", $"因果的であることの定義; {Derivation} §4"));

    public static readonly Claim FutureLeakSize = new(
        "future-leak-size",
        new LocalizedText(
            "Through batch normalization in training mode, changing one of n tokens moves every other by √3/n of its size.",
            "学習モードのバッチ正規化では、n トークンのうち 1 つを変えると、ほかのどの位置も大きさの √3/n 倍だけ動きます。"),
        new LocalizedText("relative change of all positions but the last behind the first normalization, at the greatest length", "最大の長さでの、最初の正規化を通った、最後以外の全位置の相対変化"),
        LocalizedText.Both("√3/n ± 20 %"),
        LocalizedText.Both($"{Derivation} §4"));

    public static readonly Claim FutureLeakGradient = new(
        "future-leak-gradient",
        new LocalizedText("In a causal net no gradient goes from the first position's output to the last token.", "因果的なネットでは、最初の位置の出力から最後のトークンへ勾配は流れません。"),
        new LocalizedText(
            "gradient of the first position's logits with respect to the last token's embedding, in units of that with respect to its own, the largest over the lengths",
            "最初の位置のロジットの、最後のトークンの埋め込みに関する勾配（自分の埋め込みに関する勾配との比、長さについての最大値）"),
        new LocalizedText("exactly 0", "厳密に 0"),
        LocalizedText.Both($"{Derivation} §4"));

    /// <summary>All of them, in the order of the report.</summary>
    public static readonly IReadOnlyList<Claim> All =
        [NeighbourFree, PaddingRespected, PaddingIgnored, NeighboursMove, InferenceFree, FutureLeak, FutureLeakSize, FutureLeakGradient];
}
