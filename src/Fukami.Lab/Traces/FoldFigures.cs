namespace Fukami.Lab;

/// <summary>Normalizations whose γ and β went into the linear maps behind them before the trace.</summary>
/// <param name="Folded">Those that were folded.</param>
/// <param name="Kept">Those that could not be.</param>
/// <param name="LogitChange">By how much the logits of the prompt changed, relative to their norm.</param>
public sealed record FoldFigures(IReadOnlyList<string> Folded, IReadOnlyList<string> Kept, double LogitChange);
