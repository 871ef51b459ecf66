namespace Fukami.Lab;

/// <summary>The logit lens over all layers.</summary>
/// <param name="FixedScale">Whether the final normalization kept the last stream's scale.</param>
/// <param name="Layers">In front of the first layer (0) and behind each; a cell for each position.</param>
public sealed record LensFigures(bool FixedScale, IReadOnlyList<IReadOnlyList<LensCell>> Layers);
