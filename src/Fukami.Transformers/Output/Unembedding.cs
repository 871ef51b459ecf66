using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// From the stream to the logits: x·U + b, or x·Eᵀ + b when the output weights are the embedding table (Press and Wolf 2017); softly bounded if a cap says so.
/// </summary>
internal sealed class Unembedding
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly bool tied;
    private readonly float cap;
    private readonly Point logits;

    public Unembedding(ModelScope scope, Parameter embedding, TransformerSettings settings)
    {
        (tied, cap) = (settings.Tied, settings.LogitCap);
        ModelScope own = scope.In("unembed");
        weight = tied ? embedding : own.Matrix("weight", new WeightSegment(settings.Width, settings.Vocabulary));
        bias = settings.OutputBias ? own.Bias(settings.Vocabulary) : null;
        logits = scope.Point("logits", PointShapes.Logits);
    }

    /// <summary>(batch, length, vocabulary).</summary>
    /// <param name="x">(batch, length, width).</param>
    public Tensor Forward(Tensor x)
    {
        Tensor scores = tied ? x.LinearTransposed(weight, bias) : x.Linear(weight, bias); // (batch, length, vocabulary)
        return (cap == 0 ? scores : scores.Cap(cap)).At(logits);
    }
}
