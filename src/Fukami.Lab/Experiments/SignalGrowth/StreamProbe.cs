using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Reads the sizes of the residual stream off one forward pass.</summary>
internal static class StreamProbe
{
    /// <summary>The sizes by layer.</summary>
    /// <param name="tape">The thread's tape.</param>
    /// <param name="model">The net.</param>
    /// <param name="text">What it reads.</param>
    /// <param name="uniform">Whether attention is made uniform: with queries of zero all scores are the same.</param>
    public static StreamSizes Measure(Tape tape, Transformer model, TokenBatch text, bool uniform)
    {
        int depth = model.Settings.Depth;
        for (int layer = 0; uniform && layer < depth; layer++)
        {
            tape.Replace(Name(layer, "attn.q"), static q => 0f * q);
        }

        tape.Begin(training: true);
        model.Forward(tape, text);
        tape.ClearReplacements();
        var stream = new double[depth + 1];
        var sums = new double[depth];
        stream[0] = MeanSquare(tape[Name(0, "resid_pre")]);
        for (int layer = 0; layer < depth; layer++)
        {
            stream[layer + 1] = MeanSquare(tape[Name(layer, "resid_post")]);
            sums[layer] = tape.TryFind(Name(layer, "resid_post_sum"), out Tensor sum) ? MeanSquare(sum) : stream[layer + 1];
        }

        return new StreamSizes(stream, sums);
    }

    private static string Name(int layer, string point) => string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.{point}");

    private static double MeanSquare(Tensor x)
    {
        double sum = 0;
        ReadOnlySpan<float> values = x.Values;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum / values.Length;
    }
}
