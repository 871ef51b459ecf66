namespace Fukami.Lab;

/// <summary>
/// A sentence that can be wrong, tied to a quantity that can be measured. The prediction is a formula; what it comes to
/// under given settings, and the bound, stand in the <see cref="ClaimResult"/>.
/// </summary>
/// <param name="Id">The stable name, for example <c>plain-net-vanishes</c>.</param>
/// <param name="Statement">The sentence.</param>
/// <param name="Quantity">What is measured to test it.</param>
/// <param name="Prediction">What must hold of that quantity for the sentence to be true, as a formula.</param>
/// <param name="Source">Where the prediction comes from: a paper with its theorem, a derivation in docs/.</param>
public sealed record Claim(string Id, LocalizedText Statement, LocalizedText Quantity, LocalizedText Prediction, LocalizedText Source)
{
    /// <summary>Whether what is measured is a time or a speed, which no two machines share: it stays out of the fingerprint.</summary>
    public bool DependsOnMachine { get; init; }

    /// <summary>Holds a measurement against the prediction.</summary>
    /// <param name="subject">What was measured, for example <c>post</c> or <c>pre/rms</c>.</param>
    /// <param name="prediction">The prediction under the run's settings, with its number; where it has no words, the same in both languages.</param>
    /// <param name="bound">The same as an interval.</param>
    /// <param name="measured">The estimate over seeds.</param>
    /// <param name="why">Why it comes out like that.</param>
    public ClaimResult Test(string subject, string prediction, Bound bound, Interval measured, LocalizedText why) =>
        Test(subject, LocalizedText.Both(prediction), bound, measured, why);

    /// <inheritdoc cref="Test(string, string, Bound, Interval, LocalizedText)"/>
    public ClaimResult Test(string subject, LocalizedText prediction, Bound bound, Interval measured, LocalizedText why) =>
        new(this, subject, prediction, bound, measured, VerdictRule.Judge(measured, bound), why);
}
