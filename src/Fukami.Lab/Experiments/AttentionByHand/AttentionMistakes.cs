namespace Fukami.Lab;

/// <summary>What each mistake makes of an example.</summary>
internal static class AttentionMistakes
{
    /// <summary>The mistakes that can be made in an example.</summary>
    public static IEnumerable<AttentionMistake> Of(AttentionExample example) =>
        [AttentionMistake.WrongAxis, AttentionMistake.DividedByWidth, AttentionMistake.NotScaled, .. example.Causal ? [AttentionMistake.MaskedAfterSoftmax] : (AttentionMistake[])[]];

    /// <summary>The stable name.</summary>
    public static string Name(AttentionMistake mistake) => mistake switch
    {
        AttentionMistake.WrongAxis => "wrong-axis",
        AttentionMistake.DividedByWidth => "divided-by-d",
        AttentionMistake.NotScaled => "not-scaled",
        AttentionMistake.MaskedAfterSoftmax => "mask-after",
        _ => "right",
    };

    /// <summary>The largest difference of an output from the right one.</summary>
    public static double Difference(AttentionExample example, AttentionMistake mistake)
    {
        double[][] right = new HandAttention(example).Z, wrong = new HandAttention(example, mistake).Z;
        return right.Zip(wrong, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
    }

    /// <summary>What goes wrong.</summary>
    public static LocalizedText Why(AttentionMistake mistake) => mistake switch
    {
        AttentionMistake.WrongAxis => new LocalizedText(
            "Softmax over the queries: the columns sum to 1, and a token's own weights do not.",
            "クエリ方向のソフトマックスでは列の和が 1 になり、各トークンの重みの和は 1 になりません。"),
        AttentionMistake.DividedByWidth => new LocalizedText(
            "1/d makes the variance 1/d: the scores are too much alike, and the pattern is too even.",
            "1/d で割ると分散は 1/d になり、スコアの差が縮みすぎてパターンが均一に近づきます。"),
        AttentionMistake.NotScaled => new LocalizedText(
            "Without a scale the scores lie too far apart, and the pattern is too sharp.",
            "スケールしないとスコアの差が大きすぎ、パターンが尖りすぎます。"),
        _ => new LocalizedText(
            "Masked after the softmax, what the hidden positions had got is lost: the output is too small.",
            "ソフトマックスの後にマスクすると、隠した位置に配られた重みが失われ、出力が小さくなります。"),
    };
}
