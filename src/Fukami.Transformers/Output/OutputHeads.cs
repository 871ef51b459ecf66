using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>The values of the setting <c>head</c>: a new one is a file beside this one and a line here.</summary>
public static class OutputHeads
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<OutputHead> All { get; } =
    [
        new("linear", new("One matrix, or the embedding table if tied.", "行列を1つ掛ける（tied なら埋め込み表）。"), static (scope, embedding, s) => new LinearHead(scope, embedding, s)),
        new("masked", new("A linear layer, the activation and a layer normalization in front of that matrix. (Devlin et al. 2019)", "その行列の前に線形層・活性化関数・層正規化を置く（Devlin ほか 2019）。"), static (scope, embedding, s) => new MaskedHead(scope, embedding, s)),
        new("none", new("No logits: the model gives its last stream.", "ロジットなし。モデルは最後のストリームを返す。"), static (scope, embedding, s) => new NoHead()),
    ];

    /// <summary>Builds the head that the settings ask for.</summary>
    internal static IOutputHead Build(ModelScope scope, Parameter embedding, TransformerSettings settings) =>
        ChoiceTable.Find(All, "head", settings.Head).Build(scope, embedding, settings);
}
