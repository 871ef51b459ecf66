namespace Fukami.Lab;

/// <summary>Memory in bytes.</summary>
/// <param name="Weights">The model.</param>
/// <param name="Asked">The values of the points that were asked for, each once, and their gradients if gradients were.</param>
/// <param name="Held">What the traced pass held beside the weights.</param>
public sealed record MemoryFigures(long Weights, long Asked, long Held);
