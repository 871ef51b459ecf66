using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>What stands behind the last layer's stream.</summary>
public interface IOutputHead
{
    /// <summary>The logits, (batch, length, vocabulary), or the stream itself if the head makes none.</summary>
    /// <param name="x">The last stream, normalized if the arrangement does that, (batch, length, width).</param>
    Tensor Forward(Tensor x);
}
