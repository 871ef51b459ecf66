using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A named point of a model.</summary>
/// <param name="Point">The point.</param>
/// <param name="Shape">The shape of its value in words, for example <c>(batch, length, width)</c>.</param>
public sealed record PointDescription(Point Point, string Shape)
{
    /// <summary>The full name.</summary>
    public string Name => Point.Name;
}
