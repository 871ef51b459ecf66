using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Reads gradients off passes of one net.</summary>
internal sealed class GradientProbe(Tape tape, Transformer model, TokenBatch batch, bool training)
{
    /// <summary>The second feed-forward matrix of each layer.</summary>
    private readonly Parameter[] downs = [.. model.Parameters.Where(p => p.Name.EndsWith(".mlp.down.weight", StringComparison.Ordinal))];

    /// <summary>
    /// The gradients of one backward pass, and of a second one in which only the skip paths are open.
    /// </summary>
    public GradientProfile Profile()
    {
        LookAt(downs);
        DirectPath path = DirectPath.Measure(tape, model, batch, training: training);
        double[] weights = [.. downs.Select(down => Norm(down.Gradient))];
        return new GradientProfile([.. path.Whole], weights, [.. path.Direct], [.. path.Share]);
    }

    /// <summary>
    /// ‖∂L/∂W‖ of the last layer's second feed-forward matrix. Only what stands above it matters, so the backward pass ends at the last layer's input.
    /// </summary>
    public double LastLayerWeight()
    {
        tape.Replace(string.Create(CultureInfo.InvariantCulture, $"blocks.{downs.Length - 1}.resid_pre"), Cut);
        LookAt(downs[^1]);
        tape.Begin(training);
        tape.Backward(model.Loss(tape, batch));
        tape.ClearReplacements();
        return Norm(downs[^1].Gradient);
    }

    private static Tensor Cut(Tensor tensor) => tensor.Tape.Input(tensor.Values, tensor.Shape);

    private static double Norm(ReadOnlySpan<float> numbers)
    {
        double sum = 0;
        foreach (float number in numbers)
        {
            sum += (double)number * number;
        }

        return Math.Sqrt(sum);
    }

    private void LookAt(params Parameter[] weights)
    {
        tape.GradientsOf = weights.ToHashSet();
        foreach (Parameter weight in weights)
        {
            weight.ClearGradient();
        }
    }
}
