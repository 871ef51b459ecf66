using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A way from the last stream to the logits.</summary>
/// <param name="Name">As it is written in config.json.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Build">Builds it: the model's scope, the embedding table (vocabulary, width), the settings.</param>
public sealed record OutputHead(string Name, Bilingual Explanation, Func<ModelScope, Parameter, TransformerSettings, IOutputHead> Build) : Choice(Name, Explanation);
