using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>No normalization: N(x) = x.</summary>
/// <param name="scope">Where it stands in the model.</param>
public sealed class NoNormalization(ModelScope scope) : INormalization
{
    private readonly Point normalized = scope.Point("normalized", PointShapes.Stream);

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass = default) => x.At(normalized);
}
