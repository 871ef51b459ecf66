using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>What connects one sublayer to the residual stream.</summary>
public interface IResidualConnection
{
    /// <summary>The stream behind the sublayer, (batch, length, width).</summary>
    /// <param name="x">The stream in front of it, (batch, length, width).</param>
    /// <param name="sublayer">F.</param>
    /// <param name="pass">What the pass carries beside the stream.</param>
    Tensor Around(Tensor x, ISublayer sublayer, PassContext pass);
}
