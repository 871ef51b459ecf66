using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A sentence as one vector: tanh(x₀·W + b), x₀ the last stream of its first position. (Devlin et al. 2019)</summary>
public sealed class Pooler
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Point result;

    /// <summary>A pooler in its scope.</summary>
    /// <param name="scope">The model's scope; its parameters are in <c>pooler</c>.</param>
    /// <param name="width">Features.</param>
    internal Pooler(ModelScope scope, int width)
    {
        ModelScope own = scope.In("pooler");
        weight = own.Matrix("weight", new WeightSegment(width, width));
        bias = own.Bias(width);
        result = scope.Point("pooler_out", PointShapes.Sentence);
    }

    /// <summary>(batch, 1, width), also the point <c>pooler_out</c>.</summary>
    /// <param name="x">The last stream, (batch, length, width).</param>
    public Tensor Forward(Tensor x) => x.Positions(0, 1).Linear(weight, bias).Tanh().At(result);
}
