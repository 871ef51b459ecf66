namespace Fukami.Lab;

/// <summary>What one head adds to the stream at the position in focus.</summary>
/// <param name="Name">The head's number, or <c>bias</c>.</param>
/// <param name="Norm">The norm of what it adds.</param>
/// <param name="Share">Its projection on all that the attention adds, ⟨head, sum⟩/‖sum‖²: they sum to one.</param>
public sealed record HeadOutputFigures(string Name, double Norm, double Share);
