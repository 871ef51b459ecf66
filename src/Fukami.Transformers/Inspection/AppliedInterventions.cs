using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Interventions for the passes within a <c>using</c>; the tape's own replacements stay.</summary>
internal readonly ref struct AppliedInterventions
{
    private readonly Tape tape;
    private readonly IReadOnlyDictionary<string, Func<Tensor, Tensor>> before;

    public AppliedInterventions(Tape tape, Transformer model, IReadOnlyList<Intervention> interventions)
    {
        (this.tape, before) = (tape, tape.Replacements);
        foreach (Intervention intervention in interventions)
        {
            intervention.Check(model);
        }

        foreach (Intervention intervention in interventions)
        {
            intervention.Apply(tape);
        }
    }

    public void Dispose()
    {
        tape.ClearReplacements();
        foreach ((string point, Func<Tensor, Tensor> replacement) in before)
        {
            tape.Replace(point, replacement);
        }
    }
}
