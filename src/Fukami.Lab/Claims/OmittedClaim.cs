namespace Fukami.Lab;

/// <summary>A claim that this run could not test, because its prediction does not apply to what was selected.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Reason">Why not, and what to select to test it.</param>
public sealed record OmittedClaim(Claim Claim, LocalizedText Reason);
