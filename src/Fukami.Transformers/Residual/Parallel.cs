using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Parallel: y = x + A(N(x)) + M(N(x)). All sublayers of a layer read the same normalized stream. (GPT-J; PaLM, Chowdhery et al. 2022)</summary>
/// <param name="norm">N.</param>
/// <param name="layer">The sublayers A and M, with C between them in the decoder of an encoder-decoder.</param>
public sealed class Parallel(INormalization norm, LayerSite layer) : ILayer
{
    private readonly Point start = layer.Start;
    private readonly ISublayer[] sublayers = [.. layer.Sublayers];
    private readonly Point[] branches = [.. layer.Branches];
    private readonly Point result = layer.Result();

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, PassContext pass)
    {
        Tensor y = x.At(start);
        Tensor normalized = norm.Forward(y, pass);
        for (int i = 0; i < sublayers.Length; i++)
        {
            y += sublayers[i].Forward(normalized, pass).At(branches[i]);
        }

        return y.At(result);
    }
}
