using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>The stream times the output weights. (Radford et al. 2019)</summary>
public sealed class LinearHead : IOutputHead
{
    private readonly Unembedding unembedding;

    /// <summary>A head in the model's scope.</summary>
    /// <param name="scope">The model's scope.</param>
    /// <param name="embedding">The table of the tokens, (vocabulary, width).</param>
    /// <param name="settings">Widths, tied, bias and cap.</param>
    internal LinearHead(ModelScope scope, Parameter embedding, TransformerSettings settings) => unembedding = new Unembedding(scope, embedding, settings);

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => unembedding.Forward(x);
}
