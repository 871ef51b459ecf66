namespace Fukami.Lab;

/// <summary>What a net and its training held.</summary>
/// <param name="Parameters">Numbers that are learned.</param>
/// <param name="Gradients">Numbers of their gradients.</param>
/// <param name="Optimizer">Numbers that Adam keeps.</param>
/// <param name="Passes">Bytes of a training pass by batch and length.</param>
internal sealed record MemoryFinding(long Parameters, long Gradients, long Optimizer, IReadOnlyDictionary<(int Batch, int Length), long> Passes);
