namespace Fukami.Transformers;

/// <summary>The tokenizers that can be trained on a text.</summary>
public static class TokenizerKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TokenizerKind> All { get; } =
    [
        new("character", new("One token for each character of the text; the vocabulary follows from it.", "テキストに現れる文字ごとに1トークン。語彙数はテキストで決まる。"), static (text, _) => CharacterTokenizer.Train(text)),
        new("bpe", new("Byte-level byte-pair encoding; every text has tokens. (Sennrich et al. 2016)", "バイト単位のバイトペア符号化。どんなテキストも表せる（Sennrich ほか 2016）。"), static (text, vocabulary) => BytePairTokenizer.Train(text, vocabulary)),
    ];
}
