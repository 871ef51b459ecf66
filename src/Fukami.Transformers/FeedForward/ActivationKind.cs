namespace Fukami.Transformers;

/// <summary>An activation, with the form of feed-forward sublayer that it makes.</summary>
/// <param name="Name">As it is written in config.json.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Build">Builds the sublayer: scope, settings, stack, and a factor on its initial weights.</param>
public sealed record ActivationKind(string Name, Bilingual Explanation, Func<ModelScope, TransformerSettings, StackRole, double, ISublayer> Build) : Choice(Name, Explanation);
