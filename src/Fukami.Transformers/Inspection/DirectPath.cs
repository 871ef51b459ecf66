using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// How much of the gradient that reaches the stream came through skip paths alone. A second backward pass takes what each branch adds as a constant, so that
/// no gradient comes through a branch. Lists have depth + 1 numbers: in front of the first layer, then behind each. Norms are Euclidean, over all positions of
/// the batch.
/// </summary>
public sealed class DirectPath
{
    private DirectPath(double metric, double[] whole, double[] direct, double[] share) => (Metric, Whole, Direct, Share) = (metric, whole, direct, share);

    /// <summary>The metric's value.</summary>
    public double Metric { get; }

    /// <summary>The norm of the gradient of the stream.</summary>
    public IReadOnlyList<double> Whole { get; }

    /// <summary>The norm of the part that came through skip paths alone.</summary>
    public IReadOnlyList<double> Direct { get; }

    /// <summary>That part's projection on the whole, ⟨direct, whole⟩/‖whole‖²: with the rest's it sums to one. Not a number where no gradient arrives at all.</summary>
    public IReadOnlyList<double> Share { get; }

    /// <summary>Measures both. Parameters' gradients add up as in any backward pass; what the second adds is for parameters on the skip path alone.</summary>
    /// <param name="tape">The tape. Replacements that are set on it take effect.</param>
    /// <param name="model">A decoder or an encoder.</param>
    /// <param name="batch">What it reads.</param>
    /// <param name="metric">What gradients are taken of; the loss unless given.</param>
    /// <param name="training">Whether batch statistics come from the batch, as in training; running statistics then move as in one pass.</param>
    public static DirectPath Measure(Tape tape, Transformer model, TokenBatch batch, Metric? metric = null, bool training = false)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(batch);
        Layered.RequireOneStack(model, "The direct path");
        Layered.RequireLogits(model, "A metric");
        int depth = model.Settings.Depth;
        float[][] before = ValuesOf(model.Statistics);
        tape.Begin(training);
        double value = (metric ?? new LossMetric()).Backward(model.Forward(tape, batch), batch);
        Tensor[] stream = [.. Enumerable.Range(0, depth + 1).Select(i => tape[Layered.Stream(i)])];
        float[][] whole = [.. stream.Select(tensor => tensor.Gradient.ToArray())];
        Tensor[] branches = [.. Enumerable.Range(0, depth).SelectMany(layer => (Tensor[])[tape[Layered.Point(layer, "attn_out")], tape[Layered.Point(layer, "mlp_out")]])];

        // power normalization learns a running gradient from every backward pass: the second one has to use what the first one used
        float[][] after = ValuesOf(model.Statistics);
        Put(before, model.Statistics);
        tape.Backward(stream[depth], whole[depth], branches);
        Put(after, model.Statistics);

        var direct = new double[depth + 1];
        var share = new double[depth + 1];
        for (int i = 0; i <= depth; i++)
        {
            ReadOnlySpan<float> gradient = stream[i].Gradient;
            direct[i] = gradient.IsEmpty ? 0 : Math.Sqrt(Dot(gradient, gradient));
            share[i] = gradient.IsEmpty ? 0 : Dot(gradient, whole[i]) / Dot(whole[i], whole[i]);
        }

        return new DirectPath(value, [.. whole.Select(gradient => Math.Sqrt(Dot(gradient, gradient)))], direct, share);
    }

    private static float[][] ValuesOf(IReadOnlyList<Storage> storages) => [.. storages.Select(storage => storage.Values.ToArray())];

    private static void Put(float[][] values, IReadOnlyList<Storage> storages)
    {
        foreach ((float[] of, Storage storage) in values.Zip(storages))
        {
            of.CopyTo(storage.Values);
        }
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
