using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>A model and a batch whose training step is timed.</summary>
/// <param name="Name">What <c>--workload</c> calls it.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Model">The model.</param>
/// <param name="Batch">Sentences of a batch, each as long as the model's context.</param>
public sealed record Workload(string Name, LocalizedText Explanation, TransformerSettings Model, int Batch)
{
    /// <summary>Tokens of one step.</summary>
    public int Tokens => Batch * Model.Length;
}
