namespace Fukami.Lab;

/// <summary>A claim after the measurement.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Subject">What it was tested on, for example <c>post</c>: a claim about several arrangements has a result for each.</param>
/// <param name="Prediction">The prediction under the run's settings.</param>
/// <param name="Bound">The prediction as an interval.</param>
/// <param name="Measured">The estimate over seeds with its 95 % interval.</param>
/// <param name="Verdict">What follows, by <see cref="VerdictRule"/>.</param>
/// <param name="Why">Why it comes out like that, in plain words.</param>
public sealed record ClaimResult(Claim Claim, string Subject, LocalizedText Prediction, Bound Bound, Interval Measured, Verdict Verdict, LocalizedText Why);
