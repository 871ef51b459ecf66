using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>A logit, or a difference of two, by who wrote it.</summary>
/// <param name="Of">What is attributed.</param>
/// <param name="Position">At which position.</param>
/// <param name="Logit">The logit of the pass.</param>
/// <param name="Components">The parts, in the order of the forward pass.</param>
public sealed record AttributionFigures(string Of, int Position, double Logit, IReadOnlyList<AttributedComponent> Components)
{
    /// <summary>The sum of the parts.</summary>
    public double Sum => Components.Sum(component => component.Value);
}
