using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A sublayer F: attention, cross-attention or feed-forward, without what connects it to the residual stream.</summary>
public interface ISublayer
{
    /// <summary>F(x), (batch, length, width).</summary>
    /// <param name="x">(batch, length, width).</param>
    /// <param name="pass">What the pass carries beside it.</param>
    Tensor Forward(Tensor x, PassContext pass);
}
