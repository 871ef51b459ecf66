using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Zeros at a point: what would the model say without this part? At scores all keys that may be seen become equal.</summary>
/// <param name="Point">The point's full name.</param>
public sealed record ZeroAblation(string Point) : Intervention(Point)
{
    /// <inheritdoc/>
    protected override void Fill(in ReplacedRows pass, Tensor current, Span<float> values)
    {
        // Zeros they are.
    }
}
