using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>What a forward pass carries beside the residual stream.</summary>
public readonly struct PassContext
{
    /// <summary>Which positions of the stream hold a token, or none if all do.</summary>
    public PaddingMask? Mask { get; init; }

    /// <summary>Keys and values of earlier positions, or none if the pass begins at the first.</summary>
    public KeyValueCache? Cache { get; init; }

    /// <summary>Position of the stream's first row in its sentence.</summary>
    public int FirstPosition { get; init; }

    /// <summary>In an encoder-decoder's decoder: what the encoder made of the source, (batch, source length, width).</summary>
    public Tensor Memory { get; init; }

    /// <summary>Which positions of the source hold a token, or none if all do.</summary>
    public PaddingMask? MemoryMask { get; init; }
}
