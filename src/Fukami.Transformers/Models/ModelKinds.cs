namespace Fukami.Transformers;

/// <summary>The values of the setting <c>kind</c>.</summary>
public static class ModelKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelKind> All { get; } =
    [
        new("decoder", new("Predicts the next token; a position sees itself and what came before. (GPT)", "次のトークンを予測する。各位置は自分と過去だけを見る（GPT）。"), static (settings, workspace) => new DecoderTransformer(settings, workspace)),
        new("encoder", new("Every position sees the whole sentence. (BERT)", "各位置が文全体を見る（BERT）。"), static (settings, workspace) => new EncoderTransformer(settings, workspace)),
        new("encoder-decoder", new("An encoder reads the source, a decoder writes the target. (Vaswani et al. 2017)", "エンコーダーが入力文を読み、デコーダーが出力文を書く（Vaswani ほか 2017）。"), static (settings, workspace) => new EncoderDecoderTransformer(settings, workspace)),
    ];
}
