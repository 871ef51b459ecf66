using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>The value that the point has anyway, as a constant: the forward pass keeps its bits, and no gradient passes. (stop-gradient)</summary>
/// <param name="Point">The point's full name.</param>
public sealed record HeldConstant(string Point) : Intervention(Point)
{
    /// <inheritdoc/>
    protected override void Fill(in ReplacedRows pass, Tensor current, Span<float> values) => current.Values.CopyTo(values);
}
