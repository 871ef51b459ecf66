using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A kind of model.</summary>
/// <param name="Name">As it is written in config.json.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Build">Builds one that has not been initialized, in memory that is given or its own.</param>
public sealed record ModelKind(string Name, Bilingual Explanation, Func<TransformerSettings, Workspace?, Transformer> Build) : Choice(Name, Explanation);
