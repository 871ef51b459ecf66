using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>An activation f, with the form of feed-forward sublayer that it makes.</summary>
/// <param name="Name">As it is written in config.json.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Function">f, number by number.</param>
public sealed record ActivationKind(string Name, Bilingual Explanation, Func<Tensor, Tensor> Function) : Choice(Name, Explanation)
{
    /// <summary>Whether f decides what passes of a second product, (f(x·G) ∘ (x·W₁))·W₂. (Shazeer 2020)</summary>
    public bool IsGate { get; init; }
}
