namespace Fukami.Transformers;

/// <summary>A way to let a token know its position.</summary>
/// <param name="Name">As it is written in config.json.</param>
/// <param name="Explanation">One line.</param>
public sealed record PositionEncoding(string Name, Bilingual Explanation) : Choice(Name, Explanation)
{
    /// <summary>Builds what is added to the embedded tokens, if anything is.</summary>
    public Func<ModelScope, TransformerSettings, IPositionEmbedding>? Embedding { get; init; }

    /// <summary>Whether queries and keys are turned by their positions.</summary>
    public bool Rotates { get; init; }
}
