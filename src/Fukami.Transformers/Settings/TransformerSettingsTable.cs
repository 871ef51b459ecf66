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
        Whole("heads", 1, MostWidth, s => s.Heads, (s, v) => s with { Heads = v }, new("Attention heads; the width is a multiple of it.", "アテンションのヘッド数。幅はその倍数。")),
        new WholeNumberSetting<TransformerSettings>("key_value_heads", 1, MostWidth, s => s.KeyValueHeads, (s, v) => s with { KeyValueHeads = v }, new("Heads of keys and values; heads is a multiple of it.", "キーとバリューのヘッド数。ヘッド数はその倍数。"))
        {
            DerivedDefault = "= heads",
        },
        new WholeNumberSetting<TransformerSettings>("feed_forward_width", 1, 16 * MostWidth, s => s.FeedForwardWidth, (s, v) => s with { FeedForwardWidth = v }, new("Features inside the feed-forward sublayer.", "フィードフォワード副層の内側の特徴数。"))
        {
            DerivedDefault = "= 4 × width",
        },
        Choice("residual", ResidualConnections.All, s => s.Residual, (s, v) => s with { Residual = v }, new("How sublayers are connected to the residual stream.", "副層を残差ストリームにつなぐ方法。")),
        Choice("norm", Normalizations.All, s => s.Norm, (s, v) => s with { Norm = v }, new("The normalization.", "正規化の方法。")),
        Choice("activation", Activations.All, s => s.Activation, (s, v) => s with { Activation = v }, new("The activation of the feed-forward sublayer.", "フィードフォワード副層の活性化関数。")),
        Choice("positions", PositionEncodings.All, s => s.Positions, (s, v) => s with { Positions = v }, new("How a token knows its position.", "トークンに位置を知らせる方法。")),
        Switch("bias", s => s.Bias, (s, v) => s with { Bias = v }, new("Whether linear layers and normalizations have biases.", "線形層と正規化にバイアスを置くか。")),
        Switch("tied", s => s.Tied, (s, v) => s with { Tied = v }, new("Whether the output weights are the embedding table.", "出力の重みを埋め込み表と共有するか。")),
        Real("dropout", 0, 1, below: true, s => s.Dropout, (s, v) => s with { Dropout = v }, new("Probability with which training drops a feature.", "学習中に特徴を落とす確率。")),
        Choice("initialization", InitializationSchemes.All, s => s.Initialization, (s, v) => s with { Initialization = v }, new("How weights begin.", "重みの初期値の決め方。")),
        Real("initialization_deviation", 0, 100, below: false, s => s.InitializationDeviation, (s, v) => s with { InitializationDeviation = v }, new("Standard deviation of the initial weights (gpt2, gpt2-scaled, normal).", "初期の重みの標準偏差（gpt2、gpt2-scaled、normal）。")),
        Real("epsilon", 1e-12f, 1, below: false, s => s.Epsilon, (s, v) => s with { Epsilon = v }, new("ε of the normalizations.", "正規化の ε。")),
        Choice("padding", PaddingTreatments.All, s => s.Padding, (s, v) => s with { Padding = v }, new("Whether batch and power normalization leave padding out of their statistics.", "バッチ正規化・パワー正規化の統計からパディングを除くか。")));

    private static WholeNumberSetting<TransformerSettings> Whole(string name, int least, int most, Func<TransformerSettings, int> get, Func<TransformerSettings, int, TransformerSettings> with, Bilingual explanation) =>
        new(name, least, most, get, with, explanation);

    private static RealNumberSetting<TransformerSettings> Real(string name, float least, float most, bool below, Func<TransformerSettings, float> get, Func<TransformerSettings, float, TransformerSettings> with, Bilingual explanation) =>
        new(name, least, most, below, get, with, explanation);

    private static SwitchSetting<TransformerSettings> Switch(string name, Func<TransformerSettings, bool> get, Func<TransformerSettings, bool, TransformerSettings> with, Bilingual explanation) =>
        new(name, get, with, explanation);

    private static ChoiceSetting<TransformerSettings> Choice(string name, IReadOnlyList<Choice> choices, Func<TransformerSettings, string> get, Func<TransformerSettings, string, TransformerSettings> with, Bilingual explanation) =>
        new(name, choices, get, with, explanation);
}
