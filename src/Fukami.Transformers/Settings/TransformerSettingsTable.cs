using System.Globalization;

namespace Fukami.Transformers;

/// <summary>The lines of <see cref="TransformerSettings.Table"/>: a new setting is a property there and a line here.</summary>
internal static class TransformerSettingsTable
{
    private const int MostWidth = 65_536;

    public static SettingsTable<TransformerSettings> Create() => new(
        Choice("kind", ModelKinds.All, s => s.Kind, (s, v) => s with { Kind = v }, new("What the model is built for.", "モデルの種類。")),
        Whole("vocabulary", 1, 16_777_216, s => s.Vocabulary, (s, v) => s with { Vocabulary = v }, new("Different tokens.", "トークンの種類の数。")),
        Whole("length", 1, 1_048_576, s => s.Length, (s, v) => s with { Length = v }, new("Context: positions that a sentence may have.", "文脈長。1文に入る位置の数。")),
        Whole("depth", 1, 10_000, s => s.Depth, (s, v) => s with { Depth = v }, new("Layers (of the encoder in an encoder-decoder).", "層の数（エンコーダー・デコーダーではエンコーダーの層の数）。")),
        new WholeNumberSetting<TransformerSettings>("decoder_depth", 1, 10_000, s => s.DecoderDepth, (s, v) => s with { DecoderDepth = v }, new("Layers of the decoder in an encoder-decoder.", "エンコーダー・デコーダーでのデコーダーの層の数。"))
        {
            DerivedDefault = "= depth",
            Applies = s => s.Kind == "encoder-decoder",
        },
        Whole("width", 1, MostWidth, s => s.Width, (s, v) => s with { Width = v }, new("Features of a position in the residual stream (d_model).", "残差ストリームの1位置あたりの特徴数（d_model）。")),
        Whole("heads", 1, MostWidth, s => s.Heads, (s, v) => s with { Heads = v }, new("Attention heads; the width is a multiple of it unless head_width is set.", "アテンションのヘッド数。head_width を指定しなければ、幅はその倍数。")),
        new WholeNumberSetting<TransformerSettings>("key_value_heads", 1, MostWidth, s => s.KeyValueHeads, (s, v) => s with { KeyValueHeads = v }, new("Heads of keys and values; heads is a multiple of it.", "キーとバリューのヘッド数。ヘッド数はその倍数。"))
        {
            DerivedDefault = "= heads",
        },
        new WholeNumberSetting<TransformerSettings>("head_width", 1, MostWidth, s => s.HeadWidth, (s, v) => s with { HeadWidth = v }, new("Features of one head.", "1ヘッドあたりの特徴数。"))
        {
            DerivedDefault = "= width / heads",
            LeftOut = s => s.Width % Math.Max(1, s.Heads) == 0 ? Number((s with { HeadWidth = 0 }).HeadWidth) : "",
        },
        new RealNumberSetting<TransformerSettings>("score_width", 1e-6f, 1e6f, below: false, s => s.ScoreWidth, (s, v) => s with { ScoreWidth = v }, new("Attention scores are divided by the root of it.", "アテンションのスコアはこの値の平方根で割る。"))
        {
            DerivedDefault = "= head_width",
            LeftOut = s => Number(s.HeadWidth),
        },
        Real("score_cap", 0, 1e6f, below: false, s => s.ScoreCap, (s, v) => s with { ScoreCap = v }, new("Bounds attention scores softly, cap·tanh(score/cap); 0: not at all.", "アテンションのスコアを cap·tanh(score/cap) で緩やかに抑える。0 なら抑えない。"), leftOut: "0"),
        new WholeNumberSetting<TransformerSettings>("feed_forward_width", 1, 16 * MostWidth, s => s.FeedForwardWidth, (s, v) => s with { FeedForwardWidth = v }, new("Features inside the feed-forward sublayer.", "フィードフォワード副層の内側の特徴数。"))
        {
            DerivedDefault = "= 4 × width",
        },
        Choice("residual", ResidualConnections.All, s => s.Residual, (s, v) => s with { Residual = v }, new("How sublayers are connected to the residual stream.", "副層を残差ストリームにつなぐ方法。")),
        Choice("norm", Normalizations.All, s => s.Norm, (s, v) => s with { Norm = v }, new("The normalization.", "正規化の方法。")),
        Choice("activation", Activations.All, s => s.Activation, (s, v) => s with { Activation = v }, new("The activation of the feed-forward sublayer.", "フィードフォワード副層の活性化関数。")),
        Choice("positions", PositionEncodings.All, s => s.Positions, (s, v) => s with { Positions = v }, new("How a token knows its position.", "トークンに位置を知らせる方法。")),
        Real("rotary_base", 1, 1e12f, below: false, s => s.RotaryBase, (s, v) => s with { RotaryBase = v }, new("Base of the frequencies of rotary positions.", "回転位置の周波数の底。"), applies: Rotary, leftOut: "10000"),
        new WholeNumberSetting<TransformerSettings>("rotary_width", 1, MostWidth, s => s.RotaryWidth, (s, v) => s with { RotaryWidth = v }, new("Features of each head that rotary positions turn; an even number.", "回転位置で回す1ヘッドあたりの特徴数。偶数。"))
        {
            DerivedDefault = "= head_width",
            Applies = Rotary,
            LeftOut = s => Number(s.HeadWidth),
        },
        new ChoiceSetting<TransformerSettings>("rotary_scaling", RotaryScalings.All, s => s.RotaryScaling, (s, v) => s with { RotaryScaling = v }, new("How rotary frequencies are changed for a longer context.", "文脈を長くするための回転位置の周波数の変え方。"))
        {
            Applies = Rotary,
            LeftOut = static _ => "none",
        },
        Real("rotary_factor", 1, 1e6f, below: false, s => s.RotaryFactor, (s, v) => s with { RotaryFactor = v }, new("What rotary scaling divides frequencies by.", "回転位置の周波数を割る値（rotary_scaling）。"), applies: s => Rotary(s) && s.RotaryScaling != "none", leftOut: "1"),
        Real("rotary_low_factor", 0, 1e6f, below: false, s => s.RotaryLowFactor, (s, v) => s with { RotaryLowFactor = v }, new("rotary_scaling=llama3: pairs with at most so many turns in the original length are scaled whole.", "rotary_scaling=llama3：元の文脈長での回転数がこれ以下の組は完全に変える。"), applies: Llama3, leftOut: "1"),
        Real("rotary_high_factor", 0, 1e6f, below: false, s => s.RotaryHighFactor, (s, v) => s with { RotaryHighFactor = v }, new("rotary_scaling=llama3: pairs with at least so many turns in the original length stay.", "rotary_scaling=llama3：元の文脈長での回転数がこれ以上の組は変えない。"), applies: Llama3, leftOut: "4"),
        new WholeNumberSetting<TransformerSettings>("rotary_original_length", 1, 16_777_216, s => s.RotaryOriginalLength, (s, v) => s with { RotaryOriginalLength = v }, new("rotary_scaling=llama3: the context of the first training.", "rotary_scaling=llama3：最初の学習での文脈長。"))
        {
            Applies = Llama3,
            LeftOut = static _ => "8192",
        },
        new WholeNumberSetting<TransformerSettings>("token_types", 0, MostWidth, s => s.TokenTypes, (s, v) => s with { TokenTypes = v }, new("Token types (segments), each with a learned vector; 0: none.", "トークンの種別（セグメント）の数。種別ごとに学習したベクトルを足す。0 なら種別なし。")) { LeftOut = static _ => "0" },
        Real("embedding_scale", 1e-6f, 1e6f, below: false, s => s.EmbeddingScale, (s, v) => s with { EmbeddingScale = v }, new("A factor of the token embedding.", "トークン埋め込みに掛ける係数。"), leftOut: "1"),
        Switch("embedding_norm", s => s.EmbeddingNorm, (s, v) => s with { EmbeddingNorm = v }, new("Whether the sum of the embeddings is normalized.", "埋め込みの和を正規化するか。"), leftOut: "false"),
        Switch("bias", s => s.Bias, (s, v) => s with { Bias = v }, new("Whether linear layers and normalizations have biases.", "線形層と正規化にバイアスを置くか。")),
        PartBias("qkv_bias", s => s.QkvBias, (s, v) => s with { QkvBias = v }, new("Whether the projections to queries, keys and values have biases.", "クエリ・キー・バリューの射影にバイアスを置くか。")),
        PartBias("attention_bias", s => s.AttentionBias, (s, v) => s with { AttentionBias = v }, new("Whether attention's output projection has a bias.", "アテンションの出力の射影にバイアスを置くか。")),
        PartBias("feed_forward_bias", s => s.FeedForwardBias, (s, v) => s with { FeedForwardBias = v }, new("Whether the feed-forward sublayer has biases.", "フィードフォワード副層にバイアスを置くか。")),
        PartBias("norm_bias", s => s.NormBias, (s, v) => s with { NormBias = v }, new("Whether normalizations have a bias β.", "正規化にバイアス β を置くか。")),
        new ChoiceSetting<TransformerSettings>("head", OutputHeads.All, s => s.Head, (s, v) => s with { Head = v }, new("What turns the last stream into logits.", "最後のストリームからロジットを作る部分。")) { LeftOut = static _ => "linear" },
        Switch("tied", s => s.Tied, (s, v) => s with { Tied = v }, new("Whether the output weights are the embedding table.", "出力の重みを埋め込み表と共有するか。")),
        Switch("output_bias", s => s.OutputBias, (s, v) => s with { OutputBias = v }, new("Whether the logits have a bias.", "ロジットにバイアスを置くか。"), applies: HasLogits, leftOut: "false"),
        Real("logit_cap", 0, 1e6f, below: false, s => s.LogitCap, (s, v) => s with { LogitCap = v }, new("Bounds logits softly, cap·tanh(logit/cap); 0: not at all.", "ロジットを cap·tanh(logit/cap) で緩やかに抑える。0 なら抑えない。"), applies: HasLogits, leftOut: "0"),
        Switch("pooler", s => s.Pooler, (s, v) => s with { Pooler = v }, new("Whether an encoder sums up a sentence as tanh(x₀·W + b) of its first position.", "エンコーダーが先頭の位置から tanh(x₀·W + b) で文をまとめるか。"), leftOut: "false"),
        Real("dropout", 0, 1, below: true, s => s.Dropout, (s, v) => s with { Dropout = v }, new("Probability with which training drops a feature.", "学習中に特徴を落とす確率。")),
        Choice("initialization", InitializationSchemes.All, s => s.Initialization, (s, v) => s with { Initialization = v }, new("How weights begin.", "重みの初期値の決め方。")),
        Real("initialization_deviation", 0, 100, below: false, s => s.InitializationDeviation, (s, v) => s with { InitializationDeviation = v }, new("Standard deviation of the initial weights (gpt2, gpt2-scaled, normal).", "初期の重みの標準偏差（gpt2、gpt2-scaled、normal）。")),
        Real("epsilon", 1e-12f, 1, below: false, s => s.Epsilon, (s, v) => s with { Epsilon = v }, new("ε of the normalizations.", "正規化の ε。")),
        Choice("padding", PaddingTreatments.All, s => s.Padding, (s, v) => s with { Padding = v }, new("Whether batch and power normalization leave padding out of their statistics.", "バッチ正規化・パワー正規化の統計からパディングを除くか。")));

    private static bool Rotary(TransformerSettings settings) => settings.Positions == "rotary";

    private static bool Llama3(TransformerSettings settings) => Rotary(settings) && settings.RotaryScaling == "llama3";

    private static bool HasLogits(TransformerSettings settings) => settings.Head != "none";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static WholeNumberSetting<TransformerSettings> Whole(string name, int least, int most, Func<TransformerSettings, int> get, Func<TransformerSettings, int, TransformerSettings> with, Bilingual explanation) =>
        new(name, least, most, get, with, explanation);

    private static RealNumberSetting<TransformerSettings> Real(string name, float least, float most, bool below, Func<TransformerSettings, float> get, Func<TransformerSettings, float, TransformerSettings> with, Bilingual explanation, Func<TransformerSettings, bool>? applies = null, string? leftOut = null) =>
        new(name, least, most, below, get, with, explanation) { Applies = applies ?? Always, LeftOut = leftOut is null ? null : _ => leftOut };

    private static SwitchSetting<TransformerSettings> Switch(string name, Func<TransformerSettings, bool> get, Func<TransformerSettings, bool, TransformerSettings> with, Bilingual explanation, Func<TransformerSettings, bool>? applies = null, string? leftOut = null) =>
        new(name, get, with, explanation) { Applies = applies ?? Always, LeftOut = leftOut is null ? null : _ => leftOut };

    private static SwitchSetting<TransformerSettings> PartBias(string name, Func<TransformerSettings, bool> get, Func<TransformerSettings, bool, TransformerSettings> with, Bilingual explanation) =>
        new(name, get, with, explanation) { DerivedDefault = "= bias", LeftOut = static s => s.Bias ? "true" : "false" };

    private static bool Always(TransformerSettings settings) => true;

    private static ChoiceSetting<TransformerSettings> Choice(string name, IReadOnlyList<Choice> choices, Func<TransformerSettings, string> get, Func<TransformerSettings, string, TransformerSettings> with, Bilingual explanation) =>
        new(name, choices, get, with, explanation);
}
