using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>One step of a layer whose sublayers follow one another.</summary>
/// <param name="Connection">What connects the sublayer to the stream.</param>
/// <param name="Sublayer">The sublayer.</param>
/// <param name="Result">The point of the stream behind it, such as <c>blocks.3.resid_mid</c>.</param>
public readonly record struct LayerStep(IResidualConnection Connection, ISublayer Sublayer, Point Result);
