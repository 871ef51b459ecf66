namespace Fukami.Lab;

/// <summary>What a normalization divides by, along the layers.</summary>
/// <param name="Name">The normalization, for example <c>ln1</c>.</param>
/// <param name="Means">For each layer the mean over the positions.</param>
public sealed record ScaleFigures(string Name, IReadOnlyList<double> Means);
