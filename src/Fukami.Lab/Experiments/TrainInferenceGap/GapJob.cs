namespace Fukami.Lab;

/// <summary>One trial of <see cref="TrainInferenceGap"/>.</summary>
internal sealed record GapJob(int Seed, string Norm);
