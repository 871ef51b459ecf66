namespace Fukami.Lab;

/// <summary>What <see cref="MemoryAndSpeed"/> claims.</summary>
internal static class MemoryAndSpeedClaims
{
    private const string Page = "docs/experiments/memory-and-speed.md";

    public static readonly Claim Parameters = new(
        "parameters-by-formula",
        new("How many numbers a net learns follows from its settings.", "ネットが学習する数値の個数は、設定だけから決まります。"),
        new("learned numbers, counted, divided by the formula", "学習される数値を数えた個数を、式の値で割った比"),
        new("2·V·d + L·(4d² + 2·d·f) + normalizations", "2·V·d + L·(4d² + 2·d·f) + 正規化の分"),
        new($"{Page} §1, after Vaswani et al. 2017", $"{Page} §1（Vaswani et al. 2017 に基づく）"));

    public static readonly Claim Optimizer = new(
        "adam-keeps-two",
        new("Adam keeps two numbers for each weight: with the weight and its gradient, training holds four times the net.", "Adam は重み 1 個につき 2 個の数値を持ちます。重みと勾配を合わせると、学習時にはネットの 4 倍を保持します。"),
        new("numbers held by weights, gradients and Adam, divided by the weights", "重み、勾配、Adam が持つ数値の個数を、重みの個数で割った比"),
        LocalizedText.Both("4"),
        new("Kingma & Ba 2015, algorithm 1", "Kingma & Ba 2015 アルゴリズム 1"));

    public static readonly Claim Activations = new(
        "activations-by-shapes",
        new("What a training pass holds is the sum of its named values and their gradients.", "学習時の 1 パスが保持する量は、名前の付いた値とその勾配の合計です。"),
        new("bytes held by a training pass, divided by the sum over the shapes", "学習時の 1 パスが保持するバイト数を、形から求めた合計で割った比"),
        LocalizedText.Both("1 ± 0.05"),
        LocalizedText.Both($"{Page} §2"));

    public static readonly Claim Batch = new(
        "activations-grow-with-batch",
        new("Activations grow in proportion to the batch; weights and optimizer do not grow.", "活性値のメモリはバッチサイズに比例して増えます。重みとオプティマイザーの分は増えません。"),
        new("bytes of a pass at the largest batch over the smallest, divided by the ratio of the batches", "最大バッチと最小バッチのパスのバイト数の比を、バッチサイズの比で割った値"),
        LocalizedText.Both("1 ± 0.05"),
        LocalizedText.Both($"{Page} §2"));

    public static readonly Claim Length = new(
        "attention-memory-is-quadratic",
        new("Memory a token grows with the length of the sentence, because every token keeps a pattern over all others.", "トークンあたりのメモリは文が長いほど増えます。各トークンがほかのすべてのトークンへのパターンを持つからです。"),
        new("bytes a token at the longest length, divided by those at the shortest", "最長の文でのトークンあたりのバイト数を、最短の文での値で割った比"),
        LocalizedText.Both("(c + 4·L·h·T₂)/(c + 4·L·h·T₁) ± 5 %"),
        LocalizedText.Both($"{Page} §2"));

    public static readonly Claim Training = new(
        "training-costs-three-passes",
        new("Forward and backward together cost about three forward passes.", "順伝播と逆伝播を合わせると、順伝播のおよそ 3 回分の時間がかかります。"),
        new("time of forward and backward, divided by that of forward", "順伝播と逆伝播の時間を、順伝播だけの時間で割った比"),
        new("6·P against 2·P a token: 3; with what is no product, 2 … 4", "トークンあたり 6·P 対 2·P で 3 倍。行列積以外の処理を見込んで 2 … 4"),
        LocalizedText.Both($"Kaplan et al. 2020; {Page} §3"))
    {
        DependsOnMachine = true,
    };

    public static readonly Claim Compute = new(
        "long-sentences-cost-more",
        new("A token of a long sentence costs more time, by the quadratic part of attention.", "長い文のトークンほど、アテンションの 2 次の部分だけ時間がかかります。"),
        new("time a token at the longest length, divided by that at the shortest, as many tokens in both", "同じトークン数で比べた、最長の文と最短の文のトークンあたりの時間の比"),
        LocalizedText.Both("(P + L·d·T₂)/(P + L·d·T₁) … T₂/T₁"),
        LocalizedText.Both($"Kaplan et al. 2020, §2.1; {Page} §3"))
    {
        DependsOnMachine = true,
    };

    public static readonly Claim Throughput = new(
        "larger-batch-more-tokens",
        new("A larger batch trains more tokens a second, because the weights are read and changed once for all of them.", "バッチが大きいほど 1 秒あたりに学習できるトークンは増えます。重みの読み書きが全体で 1 回で済むからです。"),
        new("tokens a second at the largest batch, divided by those at the smallest", "最大バッチと最小バッチの 1 秒あたりトークン数の比"),
        new("more than 1, at most the ratio of the batches", "1 より大きく、バッチサイズの比以下"),
        new($"Williams et al. 2009 (roofline); {Page} §4", $"Williams et al. 2009（ルーフラインモデル）; {Page} §4"))
    {
        DependsOnMachine = true,
    };

    public static readonly Claim Wait = new(
        "larger-batch-waits-longer",
        new("A larger batch makes every single step wait longer: throughput is not latency.", "バッチが大きいほど 1 ステップの待ち時間は長くなります。スループットとレイテンシは別のものです。"),
        new("time of a step at the largest batch, divided by that at the smallest", "最大バッチと最小バッチの 1 ステップの時間の比"),
        new("more than 1, at most the ratio of the batches", "1 より大きく、バッチサイズの比以下"),
        LocalizedText.Both($"{Page} §4"))
    {
        DependsOnMachine = true,
    };

    public static readonly Claim Cache = new(
        "cache-saves-time",
        new("A key/value cache makes a single sentence faster, but by less than the arithmetic that it saves.", "キーと値のキャッシュで単一の文の生成は速くなりますが、節約される計算量ほどには速くなりません。"),
        new("time of a token without the cache, divided by that with it", "キャッシュなしとありの、1 トークンの時間の比"),
        new("1 … ratio of the operations", "1 … 演算回数の比"),
        LocalizedText.Both($"Pope et al. 2022; {Page} §5"))
    {
        DependsOnMachine = true,
    };

    public static IReadOnlyList<Claim> All { get; } = [Parameters, Optimizer, Activations, Batch, Length, Training, Compute, Throughput, Wait, Cache];
}
