namespace Fukami.Transformers;

/// <summary>A part of a logit.</summary>
/// <param name="Name">The point or parameter that it comes from: <c>embed</c>, <c>blocks.3.mlp_out</c>, <c>ln_final.bias</c>; a head is <c>blocks.3.attn.head.5</c>.</param>
/// <param name="Value">What it adds to the logit (or to the logit difference).</param>
public readonly record struct AttributedComponent(string Name, double Value);
