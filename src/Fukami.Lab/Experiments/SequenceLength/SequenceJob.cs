namespace Fukami.Lab;

/// <summary>One trial of <see cref="SequenceLength"/>.</summary>
internal sealed record SequenceJob(int Seed, string Norm);
