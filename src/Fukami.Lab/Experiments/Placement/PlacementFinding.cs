namespace Fukami.Lab;

/// <summary>What one net showed: its first step, or what it learned.</summary>
internal sealed record PlacementFinding(FirstStep? FirstStep, LearningFinding? Learned);
