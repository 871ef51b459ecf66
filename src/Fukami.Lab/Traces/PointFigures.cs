namespace Fukami.Lab;

/// <summary>What the numbers at a named point are like. Scores of keys that may not be seen are −∞; they are counted and left out of all else.</summary>
/// <param name="Name">The point.</param>
/// <param name="Shape">The value's extents, outermost first.</param>
/// <param name="Value">The values.</param>
/// <param name="Gradient">The gradient with respect to the values, if gradients were taken and the metric depends on the point.</param>
public sealed record PointFigures(string Name, IReadOnlyList<int> Shape, NumberFigures Value, NumberFigures? Gradient);
