using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A normalization N of the residual stream.</summary>
public interface INormalization
{
    /// <summary>N(x), of the shape of x.</summary>
    /// <param name="x">(batch, length, width).</param>
    /// <param name="pass">What the pass carries; its mask says which positions are padding.</param>
    Tensor Forward(Tensor x, PassContext pass = default);
}
