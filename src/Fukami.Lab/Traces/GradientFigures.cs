namespace Fukami.Lab;

/// <summary>What gradients were taken of, and what reached the stream through skip paths alone.</summary>
/// <param name="Of">The metric in words: <c>loss</c>, or the token.</param>
/// <param name="Value">The metric's value.</param>
/// <param name="Layers">For each layer and position the norm of the gradient of the stream.</param>
/// <param name="DirectShare">For each the share that came through skip paths alone; empty if it is not defined.</param>
public sealed record GradientFigures(string Of, double Value, IReadOnlyList<IReadOnlyList<double>> Layers, IReadOnlyList<double> DirectShare);
