using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>From the stream to the logits: x·U, or x·Eᵀ when the output weights are the embedding table. (Press and Wolf 2017)</summary>
internal sealed class Unembedding
{
    private readonly Parameter weight;
    private readonly bool tied;
    private readonly Point logits;

    public Unembedding(ModelScope scope, Parameter embedding, TransformerSettings settings)
    {
        tied = settings.Tied;
        weight = tied ? embedding : scope.In("unembed").Matrix("weight", new WeightSegment(settings.Width, settings.Vocabulary));
        logits = scope.Point("logits", PointShapes.Logits);
    }

    /// <summary>(batch, length, vocabulary).</summary>
    /// <param name="x">(batch, length, width).</param>
    public Tensor Forward(Tensor x) => (tied ? x.LinearTransposed(weight) : x.Linear(weight)).At(logits);
}
