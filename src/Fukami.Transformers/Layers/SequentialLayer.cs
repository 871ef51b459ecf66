using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A layer whose sublayers follow one another: attention, then feed-forward, each with its residual connection. (Vaswani et al. 2017)</summary>
/// <param name="start">The point of the stream in front of the layer, <c>blocks.3.resid_pre</c>.</param>
/// <param name="steps">The sublayers in their order.</param>
public sealed class SequentialLayer(Point start, LayerStep[] steps) : ILayer
{
    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass)
    {
        x = x.At(start);
        foreach (LayerStep step in steps)
        {
            x = step.Connection.Around(x, step.Sublayer, pass).At(step.Result);
            x.Tape.GoOnWith(x, pass.Memory);
        }

        return x;
    }
}
