namespace Fukami.Lab;

/// <summary>What one net showed: its whole profile, or the gradient of its last layer alone.</summary>
internal sealed record GradientFlowFinding(GradientProfile? Profile, double? LastLayer);
