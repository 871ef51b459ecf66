using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Direct logit attribution: a logit, or the difference of two, as the sum of what each part wrote into the residual stream and what reaches the logit of it
/// directly. Normalizations on the way keep the scale that they had in the pass, which makes them linear: behind the stream in pre-norm nets, on it in
/// post-norm ones. (Elhage et al. 2021)
/// </summary>
public sealed class LogitAttribution
{
    private LogitAttribution(LogitMetric metric, double logit, IReadOnlyList<AttributedComponent> components) => (Metric, Logit, Components) = (metric, logit, components);

    /// <summary>What is attributed.</summary>
    public LogitMetric Metric { get; }

    /// <summary>The logit (difference) of the pass; in front of the cap if the model has one.</summary>
    public double Logit { get; }

    /// <summary>The parts in the order of the forward pass: embeddings, branches or heads, biases of normalizations and of the output.</summary>
    public IReadOnlyList<AttributedComponent> Components { get; }

    /// <summary>The sum of all parts; what it differs from <see cref="Logit"/> by is rounding.</summary>
    public double Sum => Components.Sum(component => component.Value);

    /// <summary>Runs a pass and attributes.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="model">A decoder or an encoder.</param>
    /// <param name="batch">What it reads.</param>
    /// <param name="metric">The token, or the two, and where.</param>
    /// <param name="heads">Whether attention is taken apart into its heads and its bias.</param>
    /// <exception cref="InspectionException">A normalization on the way is not linear even with its scale fixed, or the metric does not fit.</exception>
    public static LogitAttribution Run(Tape tape, Transformer model, TokenBatch batch, LogitMetric metric, bool heads = false)
    {
        ArgumentNullException.ThrowIfNull(metric);
        PointCapture pass = PointCapture.Run(tape, model, batch, PointsOf(model, heads));
        return Of(model, pass, metric, heads);
    }

    /// <summary>The points that a pass must capture to be attributed.</summary>
    /// <param name="model">A decoder or an encoder.</param>
    /// <param name="heads">Whether attention is taken apart into its heads.</param>
    public static IReadOnlyCollection<string> PointsOf(Transformer model, bool heads = false)
    {
        Check(model);
        return [LastStream(model), .. model.PointNames.Where(name => name.EndsWith("_out", StringComparison.Ordinal) || name.EndsWith(".scale", StringComparison.Ordinal)
            || name.EndsWith("embed", StringComparison.Ordinal) || (heads && name.EndsWith(".z", StringComparison.Ordinal)) || name is "logits")];
    }

    /// <summary>Attributes a logit of a captured pass.</summary>
    /// <param name="model">The model of the pass.</param>
    /// <param name="pass">The pass, with <see cref="PointsOf"/> captured.</param>
    /// <param name="metric">The token, or the two, and where.</param>
    /// <param name="heads">Whether attention is taken apart into its heads and its bias.</param>
    /// <exception cref="InspectionException">A normalization on the way is not linear even with its scale fixed, or the metric does not fit.</exception>
    public static LogitAttribution Of(Transformer model, PointCapture pass, LogitMetric metric, bool heads = false)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(metric);
        Check(model);
        int position = metric.PositionIn(pass.Batch);
        double logit = metric.Of(pass["logits"].Row(metric.Sentence, position));
        double[] direction = Unembedded(model, metric);
        ReadOnlySpan<float> bias = model.Parameter("unembed.bias") is { } parameter ? parameter.Values : default;
        double outputBias = bias.IsEmpty ? 0 : metric.Of(bias);
        if (model.Settings.LogitCap != 0)
        {
            logit = outputBias;
            ReadOnlySpan<float> last = pass[LastStream(model)].Row(metric.Sentence, position);
            for (int i = 0; i < last.Length; i++)
            {
                logit += direction[i] * last[i];
            }
        }

        var way = new StreamDirection(model, pass, metric.Sentence, position, direction, outputBias);
        return new LogitAttribution(metric, logit, way.Components(heads));
    }

    private static void Check(Transformer model)
    {
        Layered.RequireOneStack(model, "Attribution");
        Layered.RequireLogits(model, "Attribution");
        if (model.Settings.Head != "linear")
        {
            throw new InspectionException($"Attribution needs logits that are linear in the last stream, and head={model.Settings.Head} puts an activation between; use the logit lens, or gradients of the logit, for such a model.");
        }
    }

    // what the output weights read
    private static string LastStream(Transformer model) =>
        ResidualConnections.Find(model.Settings).FinalNorm ? "ln_final.normalized" : Layered.Stream(model.Settings.Depth);

    // the token's output weights, (width)
    private static double[] Unembedded(Transformer model, LogitMetric metric)
    {
        TransformerSettings settings = model.Settings;
        Parameter table = model.Parameter(settings.Tied ? "embed.weight" : "unembed.weight")!; // (vocabulary, width), or (width, vocabulary)
        var direction = new double[settings.Width];
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = Weight(metric.Token, i) - (metric.Against is { } other ? Weight(other, i) : 0);
        }

        return direction;

        double Weight(int token, int feature) => settings.Tied ? table.Values[(token * settings.Width) + feature] : table.Values[(feature * settings.Vocabulary) + token];
    }
}
