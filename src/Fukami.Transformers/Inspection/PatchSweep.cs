using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// One patch at a time, at every layer and position: the target prompt's pass with one value of the source prompt's put in, and what the metric becomes.
/// Where it becomes the source's, there what makes the two prompts differ is on its way. (Meng et al. 2022)
/// </summary>
public sealed class PatchSweep
{
    private readonly double[] values;

    private PatchSweep(string site, double source, double target, int layers, int positions)
    {
        (Site, Source, Target, Layers, Positions, values) = (site, source, target, layers, positions, new double[layers * positions]);
        Array.Fill(values, double.NaN);
    }

    /// <summary>The point within a layer that is patched, such as <c>resid_pre</c>.</summary>
    public string Site { get; }

    /// <summary>The metric of the source prompt.</summary>
    public double Source { get; }

    /// <summary>The metric of the target prompt, unpatched.</summary>
    public double Target { get; }

    /// <summary>Layers.</summary>
    public int Layers { get; }

    /// <summary>Positions.</summary>
    public int Positions { get; }

    /// <summary>Patches that were tried; fewer than layers × positions if it was cancelled.</summary>
    public int Done { get; private set; }

    /// <summary>The metric with the patch at one layer and position; NaN if it was not tried.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="position">The position, from 0.</param>
    public double this[int layer, int position] => values[Index(layer, position)];

    /// <summary>How much of the way from the target's metric to the source's the patch goes: 0 none, 1 all; NaN if the two are equal.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="position">The position, from 0.</param>
    public double Recovered(int layer, int position) => (this[layer, position] - Target) / (Source - Target);

    /// <summary>Sweeps.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="model">A decoder or an encoder.</param>
    /// <param name="source">The prompt whose values are put in; one sentence.</param>
    /// <param name="target">The prompt that is patched; one sentence of the same length.</param>
    /// <param name="site">The point within a layer: <c>resid_pre</c>, <c>attn_out</c>, <c>mlp_out</c>, <c>attn.z</c>, …</param>
    /// <param name="metric">The metric, read off the logits.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends the sweep; what was found is kept.</param>
    /// <exception cref="InspectionException">The prompts differ in length, the model has no such point, or the metric does not fit.</exception>
    public static PatchSweep Run(Tape tape, Transformer model, TokenBatch source, TokenBatch target, string site, Metric metric, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(metric);
        if (source.Batch != 1 || target.Batch != 1 || source.Length != target.Length)
        {
            throw new InspectionException($"A sweep patches one sentence with another of the same length; {source.Batch} of {source.Length} positions and {target.Batch} of {target.Length} were given.");
        }

        Layered.RequireOneStack(model, "A patch sweep");
        Layered.RequireLogits(model, "A patch sweep");
        string[] points = [.. Enumerable.Range(0, model.Settings.Depth).Select(layer => Layered.Point(layer, site))];
        double clean = Value(tape, model, source, metric);
        PointCapture given = PointCapture.Run(tape, model, source, points);
        if (given.Points[0].Shape.Rank == 4)
        {
            throw new InspectionException($"A sweep over positions was asked for at {site}, where a row is a query of one head; patch z or the stream instead.");
        }

        var sweep = new PatchSweep(site, clean, Value(tape, model, target, metric), points.Length, target.Length);
        for (int layer = 0; layer < sweep.Layers; layer++)
        {
            for (int position = 0; position < sweep.Positions; position++)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return sweep;
                }

                using (new AppliedInterventions(tape, model, [new Patch(points[layer], given) { Positions = [position] }]))
                {
                    sweep.values[sweep.Index(layer, position)] = Value(tape, model, target, metric);
                }

                sweep.Done++;
                progress?.Report(sweep.Done / (double)sweep.values.Length);
            }
        }

        return sweep;
    }

    private static double Value(Tape tape, Transformer model, TokenBatch batch, Metric metric)
    {
        tape.Begin();
        return metric.Value(model.Forward(tape, batch), batch);
    }

    private int Index(int layer, int position) => layer >= 0 && layer < Layers && position >= 0 && position < Positions
        ? (layer * Positions) + position
        : throw new ArgumentOutOfRangeException(nameof(position), $"Layer {layer}, position {position} was asked for; the sweep has {Layers} layers of {Positions} positions.");
}
