namespace Fukami.Lab;

/// <summary>A stack of recurrent layers and how it begins.</summary>
internal sealed record RecurrentSettings
{
    /// <summary>The recurrence: <c>elman</c>, <c>lstm</c> or <c>gru</c>.</summary>
    public required string Cell { get; init; }

    /// <summary>Layers.</summary>
    public required int Depth { get; init; }

    /// <summary>Features of a hidden state.</summary>
    public required int Width { get; init; }

    /// <summary>Time steps.</summary>
    public required int Length { get; init; }

    /// <summary>Different tokens.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Whether a skip path goes past every layer: x_l = x_{l−1} + h_l; else x_l = h_l.</summary>
    public bool HasSkip { get; init; }

    /// <summary>Deviation of the embeddings.</summary>
    public double InputScale { get; init; } = 1;

    /// <summary>g: weights over depth begin as N(0, g²/width), so that features of variance s become pre-activations of variance g²·s.</summary>
    public double InputGain { get; init; } = 1;

    /// <summary>The same of the weights over time.</summary>
    public double RecurrentGain { get; init; } = 1;

    /// <summary>What the forget gate's bias begins at. (Gers et al. 2000)</summary>
    public double ForgetBias { get; init; } = 1;
}
