using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What to look at in one pass.</summary>
public sealed record TraceRequest
{
    /// <summary>The model with its tokenizer.</summary>
    public required ModelFolder Folder { get; init; }

    /// <summary>The model that runs: the folder's, or a folded copy of it.</summary>
    public required Transformer Model { get; init; }

    /// <summary>What the model is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it reads.</summary>
    public required TracePrompt Prompt { get; init; }

    /// <summary>Full names of the points to keep, logits beside them; none given: all.</summary>
    public IReadOnlyCollection<string>? Points { get; init; }

    /// <summary>What is replaced.</summary>
    public IReadOnlyList<Intervention> Interventions { get; init; } = [];

    /// <summary>What gradients are taken of, if they are, and how it is called.</summary>
    public (Metric Metric, string Name)? Gradient { get; init; }

    /// <summary>The logit lens, if it is asked for.</summary>
    public LensScale? Lens { get; init; }

    /// <summary>The logit that is attributed, if one is, and how it is called.</summary>
    public (LogitMetric Metric, string Name)? Attribution { get; init; }

    /// <summary>The layer whose heads are taken apart, if one is.</summary>
    public int? Heads { get; init; }

    /// <summary>A sweep of patches, if it is asked for: the point within a layer, the other prompt, the metric and its name.</summary>
    public (string Site, TracePrompt Source, LogitMetric Metric, string Name)? Sweep { get; init; }

    /// <summary>What was folded before, if anything was.</summary>
    public FoldFigures? Fold { get; init; }
}
