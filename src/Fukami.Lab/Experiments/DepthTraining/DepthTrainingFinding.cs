namespace Fukami.Lab;

/// <summary>What one trial found: what a net learned, or what a skip path costs.</summary>
internal sealed record DepthTrainingFinding(MarkovOutcome? Outcome, SkipCost? Cost);
