using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What a trace found. A part that needs points which were not kept, or that was not asked for, is empty.</summary>
public sealed record TraceReport
{
    /// <summary>What the model is called.</summary>
    public required string Model { get; init; }

    /// <summary>The family of the model's folder.</summary>
    public required string Family { get; init; }

    /// <summary>The model's settings.</summary>
    public required TransformerSettings Settings { get; init; }

    /// <summary>What was read.</summary>
    public required TracePrompt Prompt { get; init; }

    /// <summary>The points, in the order of the forward pass.</summary>
    public required IReadOnlyList<PointFigures> Points { get; init; }

    /// <summary>Equations between points.</summary>
    public required IReadOnlyList<IdentityFigures> Identities { get; init; }

    /// <summary>The sizes of the stream and of what is added to it.</summary>
    public required IReadOnlyList<StreamFigures> Streams { get; init; }

    /// <summary>What the normalizations divide by.</summary>
    public required IReadOnlyList<ScaleFigures> Scales { get; init; }

    /// <summary>Attention heads, layer after layer.</summary>
    public required IReadOnlyList<HeadFigures> Attention { get; init; }

    /// <summary>What the model says: a decoder behind the last token, an encoder at each mask.</summary>
    public required IReadOnlyList<PredictionFigures> Predictions { get; init; }

    /// <summary>The replaced points.</summary>
    public required IReadOnlyList<string> Replaced { get; init; }

    /// <summary>Gradients, if they were asked for.</summary>
    public GradientFigures? Gradient { get; init; }

    /// <summary>The logit lens, if it was asked for.</summary>
    public LensFigures? Lens { get; init; }

    /// <summary>The attribution of a logit, if it was asked for.</summary>
    public AttributionFigures? Attribution { get; init; }

    /// <summary>The layer whose heads were taken apart, and what each adds.</summary>
    public (int Layer, IReadOnlyList<HeadOutputFigures> Outputs)? Heads { get; init; }

    /// <summary>The sweep of patches, if it was asked for.</summary>
    public SweepFigures? Sweep { get; init; }

    /// <summary>What was folded before, if anything was.</summary>
    public FoldFigures? Fold { get; init; }

    /// <summary>Memory.</summary>
    public required MemoryFigures Memory { get; init; }

    /// <summary>Time, without the opening of the model.</summary>
    public required double ElapsedSeconds { get; init; }
}
