namespace Fukami.Transformers;

/// <summary>A kind of model.</summary>
/// <param name="Name">As it is written in config.json.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Build">Builds one that has not been initialized.</param>
public sealed record ModelKind(string Name, Bilingual Explanation, Func<TransformerSettings, Transformer> Build) : Choice(Name, Explanation);
