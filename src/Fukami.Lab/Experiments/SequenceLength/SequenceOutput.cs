namespace Fukami.Lab;

/// <summary>What a pass made of one sentence.</summary>
/// <param name="Logits">(positions, vocabulary).</param>
/// <param name="FirstNorm">What left the first normalization, (positions, width).</param>
internal sealed record SequenceOutput(float[] Logits, float[] FirstNorm);
