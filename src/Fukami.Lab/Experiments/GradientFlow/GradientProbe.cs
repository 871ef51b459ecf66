using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Reads gradients off passes of one net.</summary>
internal sealed class GradientProbe(Tape tape, Transformer model, TokenBatch batch, bool training)
{
    /// <summary>
    /// The gradients of one backward pass, and of a second one in which only the skip paths are open: there, what each branch adds to the stream
    /// is replaced by a constant of the same value, so that the forward pass has the same bits and no gradient comes through a branch.
    /// </summary>
    public GradientProfile Profile()
    {
        int depth = model.Settings.Depth;
        Backward();
        Dictionary<string, Tensor> points = Points();
        var whole = new float[depth + 1][];
        for (int i = 0; i <= depth; i++)
        {
            whole[i] = points[StreamPoint(i)].Gradient.ToArray();
        }

        double[] weights = [.. Enumerable.Range(0, depth).Select(l => Norm(DownWeight(l).Gradient))];

        for (int layer = 0; layer < depth; layer++)
        {
            tape.Replace(Name(layer, "attn_out"), Cut);
            tape.Replace(Name(layer, "mlp_out"), Cut);
        }

        tape.Begin(training);
        model.Forward(tape, batch);
        points = Points();
        tape.Backward(points[StreamPoint(depth)], whole[depth]);
        var direct = new double[depth + 1];
        var share = new double[depth + 1];
        for (int i = 0; i <= depth; i++)
        {
            ReadOnlySpan<float> gradient = points[StreamPoint(i)].Gradient;
            direct[i] = gradient.IsEmpty ? 0 : Norm(gradient);
            share[i] = gradient.IsEmpty ? 0 : Dot(gradient, whole[i]) / Dot(whole[i], whole[i]);
        }

        tape.ClearReplacements();
        return new GradientProfile([.. whole.Select(g => Norm(g))], weights, direct, share);
    }

    /// <summary>
    /// ‖∂L/∂W‖ of the last layer's second feed-forward matrix. Only what stands above it matters, so the backward pass ends at the last layer's input.
    /// </summary>
    public double LastLayerWeight()
    {
        int last = model.Settings.Depth - 1;
        tape.Replace(Name(last, "resid_pre"), Cut);
        Backward();
        tape.ClearReplacements();
        return Norm(DownWeight(last).Gradient);
    }

    private static Tensor Cut(Tensor tensor) => tensor.Tape.Input(tensor.Values, tensor.Shape);

    private static string Name(int layer, string point) => string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.{point}");

    // 0: the first layer's input; l: layer l's output
    private static string StreamPoint(int index) => index == 0 ? Name(0, "resid_pre") : Name(index - 1, "resid_post");

    private static double Norm(ReadOnlySpan<float> numbers) => Math.Sqrt(Dot(numbers, numbers));

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }

    private void Backward()
    {
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.ClearGradient();
        }

        tape.Begin(training);
        tape.Backward(model.Loss(tape, batch));
    }

    private Dictionary<string, Tensor> Points()
    {
        var points = new Dictionary<string, Tensor>(tape.Points.Count, StringComparer.Ordinal);
        foreach ((Point point, Tensor tensor) in tape.Points)
        {
            points[point.Name] = tensor;
        }

        return points;
    }

    private Parameter DownWeight(int layer)
    {
        string name = Name(layer, "mlp.down.weight");
        return model.Parameters.First(p => string.Equals(p.Name, name, StringComparison.Ordinal));
    }
}
