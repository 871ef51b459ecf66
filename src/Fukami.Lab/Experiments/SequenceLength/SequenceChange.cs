namespace Fukami.Lab;

/// <summary>How far a sentence's numbers moved, relative to their size; root mean squares over texts.</summary>
/// <param name="Logits">At the end of the net.</param>
/// <param name="FirstNorm">Behind its first normalization.</param>
internal sealed record SequenceChange(double Logits, double FirstNorm)
{
    /// <summary>From one output to another.</summary>
    public static SequenceChange Between(SequenceOutput output, SequenceOutput reference) =>
        new(Change.Relative(output.Logits, reference.Logits), Change.Relative(output.FirstNorm, reference.FirstNorm));

    /// <summary>The root mean square over texts.</summary>
    public static SequenceChange Over(IReadOnlyCollection<SequenceChange> texts) =>
        new(Change.RootMeanSquare([.. texts.Select(t => t.Logits)]), Change.RootMeanSquare([.. texts.Select(t => t.FirstNorm)]));
}
