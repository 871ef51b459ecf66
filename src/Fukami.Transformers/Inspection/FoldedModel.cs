namespace Fukami.Transformers;

/// <summary>A model whose normalizations have given their γ and β away.</summary>
/// <param name="Model">A copy that gives the same logits, but for rounding.</param>
/// <param name="Folded">The normalizations that were folded, such as <c>blocks.3.ln1</c>; their γ is 1 now and their β 0.</param>
/// <param name="Kept">Those that were not, because something else than a linear map reads them too: the stream itself.</param>
public sealed record FoldedModel(Transformer Model, IReadOnlyList<string> Folded, IReadOnlyList<string> Kept);
