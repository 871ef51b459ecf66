using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>The head of masked language modelling: N(f(x·W + b)) times the output weights, N layer normalization, f the model's activation. (Devlin et al. 2019)</summary>
public sealed class MaskedHead : IOutputHead
{
    private readonly Func<Tensor, Tensor> activation;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Point pre;
    private readonly Point post;
    private readonly LayerNormalization norm;
    private readonly Unembedding unembedding;

    /// <summary>A head in the model's scope.</summary>
    /// <param name="scope">The model's scope; its own parts are in <c>head</c>.</param>
    /// <param name="embedding">The table of the tokens, (vocabulary, width).</param>
    /// <param name="settings">Widths, activation, ε, tied, bias and cap.</param>
    internal MaskedHead(ModelScope scope, Parameter embedding, TransformerSettings settings)
    {
        activation = Activations.Find(settings).Function;
        ModelScope head = scope.In("head");
        ModelScope dense = head.In("dense");
        weight = dense.Matrix("weight", new WeightSegment(settings.Width, settings.Width));
        bias = dense.Bias(settings.Width);
        pre = head.Point("pre", PointShapes.Stream);
        post = head.Point("post", PointShapes.Stream);
        norm = new LayerNormalization(head.In("ln"), settings.Width, settings.Epsilon);
        unembedding = new Unembedding(scope, embedding, settings);
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x)
    {
        Tensor hidden = activation(x.Linear(weight, bias).At(pre)).At(post); // (batch, length, width)
        return unembedding.Forward(norm.Forward(hidden)); // (batch, length, vocabulary)
    }
}
