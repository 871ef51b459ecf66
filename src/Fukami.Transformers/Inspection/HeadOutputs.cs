namespace Fukami.Transformers;

/// <summary>
/// What each head of one attention adds to the stream at one position: z_h·W_O, so that all heads and the bias add up to <c>attn_out</c>. Where a
/// normalization or a learned factor stands between (sandwich, ReZero), it is applied to every head, with the scale that it had in the pass. (Elhage et al. 2021)
/// </summary>
public sealed class HeadOutputs
{
    private readonly float[][] outputs;
    private readonly float[] bias;

    private HeadOutputs(float[][] outputs, float[] bias) => (this.outputs, this.bias) = (outputs, bias);

    /// <summary>Heads.</summary>
    public int Heads => outputs.Length;

    /// <summary>What one head adds, (width).</summary>
    /// <param name="head">The head, from 0.</param>
    public ReadOnlySpan<float> this[int head] => outputs[head];

    /// <summary>What no head adds: the output projection's bias, behind what stands between, (width); zeros if there is none.</summary>
    public ReadOnlySpan<float> Bias => bias;

    /// <summary>The points that a pass must capture for a layer.</summary>
    /// <param name="model">A decoder or an encoder.</param>
    /// <param name="layer">The layer, from 0.</param>
    public static IReadOnlyCollection<string> PointsOf(Transformer model, int layer)
    {
        Layered.RequireOneStack(model, "Taking attention apart");
        Layered.RequireLayer(model, layer);
        string z = Layered.Point(layer, "attn.z");
        return FixedNorm.PointOf(model, Layered.Point(layer, "ln1_post")) is { } scale ? [z, scale] : [z];
    }

    /// <summary>The heads of a layer in a captured pass.</summary>
    /// <param name="model">The model of the pass, a decoder or an encoder.</param>
    /// <param name="pass">The pass, with <see cref="PointsOf"/> captured.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="sentence">The sentence, from 0.</param>
    /// <param name="position">The position, from 0.</param>
    /// <exception cref="InspectionException">A normalization behind the projection is not linear even with its scale fixed.</exception>
    public static HeadOutputs Of(Transformer model, PointCapture pass, int layer, int sentence, int position)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Layered.RequireOneStack(model, "Taking attention apart");
        Layered.RequireLayer(model, layer);
        TransformerSettings settings = model.Settings;
        ReadOnlySpan<float> z = pass[Layered.Point(layer, "attn.z")].Row(sentence, position); // (heads·d)
        ReadOnlySpan<float> weight = model.Parameter(Layered.Point(layer, "attn.out.weight"))!.Values; // (heads·d, width)
        FixedNorm? norm = model.HasPoint(Layered.Point(layer, "ln1_post.normalized")) ? FixedNorm.Of(model, pass, Layered.Point(layer, "ln1_post"), sentence, position) : null;
        double factor = model.Parameter(Layered.Point(layer, "attn.residual_scale")) is { } learned ? learned.Values[0] : 1;

        int headWidth = z.Length / settings.Heads;
        var found = new float[settings.Heads][];
        var sum = new double[settings.Width];
        for (int head = 0; head < found.Length; head++)
        {
            Array.Clear(sum);
            for (int i = head * headWidth; i < (head + 1) * headWidth; i++)
            {
                ReadOnlySpan<float> row = weight.Slice(i * settings.Width, settings.Width);
                for (int j = 0; j < row.Length; j++)
                {
                    sum[j] += (double)z[i] * row[j];
                }
            }

            found[head] = Behind(sum, norm, factor, []);
        }

        Array.Clear(sum);
        if (model.Parameter(Layered.Point(layer, "attn.out.bias")) is { } bias)
        {
            for (int j = 0; j < sum.Length; j++)
            {
                sum[j] = bias.Values[j];
            }
        }

        return new HeadOutputs(found, Behind(sum, norm, factor, norm?.Constant() ?? []));
    }

    // behind what stands between the projection and the stream
    private static float[] Behind(Span<double> part, FixedNorm? norm, double factor, ReadOnlySpan<double> constant)
    {
        norm?.Map(part);
        var output = new float[part.Length];
        for (int j = 0; j < output.Length; j++)
        {
            output[j] = (float)(factor * (part[j] + (constant.IsEmpty ? 0 : constant[j])));
        }

        return output;
    }
}
