namespace Fukami.Lab;

/// <summary>What one trial of <see cref="SequenceLength"/> found of one normalization.</summary>
internal sealed record SequenceFinding
{
    /// <summary>Padding left out of the statistics: change by padded length.</summary>
    public required SequenceChange[] Padded { get; init; }

    /// <summary>Padding counted in the statistics: the same. None for a normalization without batch statistics.</summary>
    public required SequenceChange[]? Ignored { get; init; }

    /// <summary>Change by number of neighbours.</summary>
    public required SequenceChange[] Beside { get; init; }

    /// <summary>The largest change of the logits by padding or neighbours in inference mode.</summary>
    public required double Inference { get; init; }

    /// <summary>Change of the first position by the last token, by length; none in an encoder.</summary>
    public required SequenceChange[]? Leak { get; init; }

    /// <summary>Gradient of the first position with respect to the last token, by length; none in an encoder.</summary>
    public required SequenceChange[]? Gradient { get; init; }

    /// <summary>The largest change, and gradient, of the first position's logits by the last token in inference mode.</summary>
    public required double LeakInference { get; init; }
}
