namespace Fukami.Transformers;

/// <summary>A normalization that a model can be built with.</summary>
/// <param name="Name">As it is written in config.json.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Build">Builds one in its scope (<c>blocks.3.ln1</c>).</param>
public sealed record NormalizationKind(string Name, Bilingual Explanation, Func<ModelScope, TransformerSettings, INormalization> Build) : Choice(Name, Explanation)
{
    /// <summary>What it is as a map of one position, once its statistics are held fixed.</summary>
    public FixedForm Form { get; init; } = FixedForm.Rows;

    /// <summary>What is added to the stored gain: 1 where the gain is 1 + γ.</summary>
    public float GainOffset { get; init; }
}
