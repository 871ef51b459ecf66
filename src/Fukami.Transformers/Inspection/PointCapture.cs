using System.Collections.Frozen;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Values, and gradients if asked for, of chosen named points of one pass, copied so that they outlive it.</summary>
public sealed class PointCapture
{
    private readonly Dictionary<string, CapturedPoint> byName = new(StringComparer.Ordinal);

    private PointCapture(TokenBatch batch, double? metric, IReadOnlyList<CapturedPoint> points)
    {
        (Batch, Metric, Points) = (batch, metric, points);
        foreach (CapturedPoint point in points)
        {
            byName[point.Name] = point;
        }
    }

    /// <summary>What was read.</summary>
    public TokenBatch Batch { get; }

    /// <summary>The metric's value in this pass, if one was given.</summary>
    public double? Metric { get; }

    /// <summary>The points, in the order in which the pass met them.</summary>
    public IReadOnlyList<CapturedPoint> Points { get; }

    /// <summary>A point by its full name.</summary>
    /// <exception cref="InspectionException">It was not captured.</exception>
    public CapturedPoint this[string point] => byName.TryGetValue(point, out CapturedPoint? captured)
        ? captured
        : throw new InspectionException($"The point {point} was not captured; {(Points.Count == 0 ? "none was" : $"{Points.Count} were, from {Points[0].Name} to {Points[^1].Name}")}.");

    /// <summary>Whether a point was captured.</summary>
    public bool Has(string point) => byName.ContainsKey(point);

    /// <summary>Whether a position of a sentence holds a token and not padding.</summary>
    internal bool HoldsToken(int sentence, int position) => Batch.Mask is not { } mask || mask.Real[(sentence * Batch.Length) + position];

    /// <summary>Runs a pass in inference mode and keeps what was asked for.</summary>
    /// <param name="tape">The tape. Replacements that are set on it take effect, in front of the interventions.</param>
    /// <param name="model">The model.</param>
    /// <param name="batch">What it reads.</param>
    /// <param name="points">Full names of the points to keep; none given: all. Without a metric the pass holds no more than these and the work of one sublayer.</param>
    /// <param name="interventions">What is replaced in this pass and in no other.</param>
    /// <param name="metric">If given, the pass goes backward from it and gradients are kept too. Parameters' gradients are not taken and stay as they are.</param>
    /// <exception cref="InspectionException">The model has no such point, or an intervention or the metric does not fit the pass.</exception>
    public static PointCapture Run(Tape tape, Transformer model, TokenBatch batch, IReadOnlyCollection<string>? points = null, IReadOnlyList<Intervention>? interventions = null, Metric? metric = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        HashSet<string>? kept = points is null ? null : Known(model, points);
        if (metric is not null)
        {
            Layered.RequireLogits(model, "A metric");
        }

        // what the tape replaces may look at any point; an intervention looks at its own
        bool keepsAll = kept is null || metric is not null || tape.Replacements.Count > 0;
        double? value;
        IReadOnlySet<Parameter>? gradientsOf = tape.GradientsOf;
        tape.GradientsOf = FrozenSet<Parameter>.Empty;
        try
        {
            using var applied = new AppliedInterventions(tape, model, interventions ?? []);
            if (keepsAll)
            {
                tape.Begin();
            }
            else
            {
                tape.Begin(kept!);
            }

            Tensor logits = model.Forward(tape, batch);
            tape.Run();
            value = metric?.Backward(logits, batch);
        }
        finally
        {
            tape.GradientsOf = gradientsOf;
        }

        var captured = new List<CapturedPoint>();
        foreach ((Point point, Tensor tensor) in tape.Points)
        {
            if (kept?.Contains(point.Name) ?? true)
            {
                captured.Add(new CapturedPoint(point.Name, tensor.Shape, tensor.Values.ToArray(), metric is null ? [] : tensor.Gradient.ToArray()));
            }
        }

        return new PointCapture(batch, value, captured);
    }

    private static HashSet<string> Known(Transformer model, IReadOnlyCollection<string> points)
    {
        foreach (string point in points)
        {
            PointNames.Check(model, point);
        }

        return new HashSet<string>(points, StringComparer.Ordinal);
    }
}
