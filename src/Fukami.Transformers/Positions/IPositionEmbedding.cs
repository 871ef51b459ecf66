using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Positions that are added to the embedded tokens.</summary>
public interface IPositionEmbedding
{
    /// <summary>The embedding of each position, (batch, length, width).</summary>
    /// <param name="tape">The tape of the pass.</param>
    /// <param name="batch">Sentences.</param>
    /// <param name="length">Positions of each.</param>
    /// <param name="firstPosition">Position of the first.</param>
    Tensor Forward(Tape tape, int batch, int length, int firstPosition);
}
