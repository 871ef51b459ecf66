namespace Fukami.Transformers;

/// <summary>A stack of layers and its part in the model.</summary>
/// <param name="Depth">Its layers.</param>
/// <param name="PartnerDepth">The layers of the other stack in an encoder-decoder, 0 if there is none.</param>
/// <param name="Causal">Whether a position sees only itself and what came before.</param>
public readonly record struct StackRole(int Depth, int PartnerDepth, bool Causal)
{
    /// <summary>Whether it is the decoder of an encoder-decoder, whose layers attend to the source too.</summary>
    public bool Crosses => PartnerDepth > 0 && Causal;

    /// <summary>Branches that are added to the residual stream from bottom to top.</summary>
    public int Branches => (Crosses ? 3 : 2) * Depth;
}
