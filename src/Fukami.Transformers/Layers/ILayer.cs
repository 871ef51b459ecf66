using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A layer: sublayers, and what connects them to the residual stream.</summary>
public interface ILayer
{
    /// <summary>The stream after the layer, (batch, length, width).</summary>
    /// <param name="x">The stream before it, (batch, length, width).</param>
    /// <param name="pass">What the pass carries beside it.</param>
    Tensor Forward(Tensor x, PassContext pass);
}
