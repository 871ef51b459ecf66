using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>No head: the model gives its last stream.</summary>
public sealed class NoHead : IOutputHead
{
    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => x;
}
