namespace Fukami.Lab;

/// <summary>What one net showed. Errors are mean squares on held-out examples.</summary>
/// <param name="Start">Before training.</param>
/// <param name="Trained">After it.</param>
/// <param name="Surgery">What adding and taking away did, where it was done.</param>
internal sealed record IdentityFinding(double Start, double Trained, Surgery? Surgery);

/// <summary>A trained net with more or fewer blocks than it was trained with.</summary>
/// <param name="Zero">The error of who always answers 0: the target's mean square.</param>
/// <param name="Added">The error with fresh blocks behind its own.</param>
/// <param name="Dropped">The error without block 1, 2, ….</param>
internal sealed record Surgery(double Zero, double Added, double[] Dropped);
