using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Reads gradients off passes of one net.</summary>
internal sealed class GradientProbe(Tape tape, Transformer model, TokenBatch batch, bool training)
{
    /// <summary>
    /// The gradients of one backward pass, and of a second one in which only the skip paths are open.
    /// </summary>
    public GradientProfile Profile()
    {
        ClearGradients();
        DirectPath path = DirectPath.Measure(tape, model, batch, training: training);
        double[] weights = [.. Enumerable.Range(0, model.Settings.Depth).Select(l => Norm(DownWeight(l).Gradient))];
        return new GradientProfile([.. path.Whole], weights, [.. path.Direct], [.. path.Share]);
    }

    /// <summary>
    /// ‖∂L/∂W‖ of the last layer's second feed-forward matrix. Only what stands above it matters, so the backward pass ends at the last layer's input.
    /// </summary>
    public double LastLayerWeight()
    {
        int last = model.Settings.Depth - 1;
        tape.Replace(Name(last, "resid_pre"), Cut);
        ClearGradients();
        tape.Begin(training);
        tape.Backward(model.Loss(tape, batch));
        tape.ClearReplacements();
        return Norm(DownWeight(last).Gradient);
    }

    private static Tensor Cut(Tensor tensor) => tensor.Tape.Input(tensor.Values, tensor.Shape);

    private static string Name(int layer, string point) => string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.{point}");

    private static double Norm(ReadOnlySpan<float> numbers)
    {
        double sum = 0;
        foreach (float number in numbers)
        {
            sum += (double)number * number;
        }

        return Math.Sqrt(sum);
    }

    private void ClearGradients()
    {
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.ClearGradient();
        }
    }

    private Parameter DownWeight(int layer)
    {
        string name = Name(layer, "mlp.down.weight");
        return model.Parameters.First(p => string.Equals(p.Name, name, StringComparison.Ordinal));
    }
}
