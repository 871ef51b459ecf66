using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>The gradients of one fresh net. Norms are Euclidean, over all sentences of the batch.</summary>
/// <param name="ByLayer">‖∂L/∂x_l‖ over all time steps, for the mean loss of all steps; l = 0 (the embeddings) to depth.</param>
/// <param name="EmbeddingByDistance">‖∂L_T/∂e‖ of one time step's embedding, for the loss of the last step alone; by distance from it, from 0.</param>
/// <param name="StateByDistance">The same of the last layer's hidden state; none in a Transformer.</param>
/// <param name="Bypass">What is left of the gradient before the middle time step when its state is held constant in every layer: a share of the norm.</param>
internal sealed record RnnDepthFinding(double[] ByLayer, double[] EmbeddingByDistance, double[]? StateByDistance, double Bypass)
{
    // below this, single numbers of the gradient are subnormal and have lost their digits
    private const double LeastExact = 1e-35;

    /// <summary>The geometric factor by which the gradient changes on its way down through one layer.</summary>
    public double FactorPerLayer => LayerFactor(ByLayer);

    /// <summary>
    /// The factor by which it changes on its way back through one time step: that of the last layer's hidden state, or, where there is none,
    /// that of the embeddings (without the last step's own, which the skip path reaches).
    /// </summary>
    public double FactorPerStep => StateByDistance is null ? Factor(EmbeddingByDistance, 1) : Factor(StateByDistance, 0);

    /// <summary>The factor by layer of gradients at layer 0 to depth.</summary>
    public static double LayerFactor(double[] byLayer) => Factor([.. byLayer.Reverse()], 0);

    /// <summary>The factor of a straight line through the logarithms of numbers at 0, 1, 2, …, from number <paramref name="first"/> on.</summary>
    public static double Factor(double[] norms, int first)
    {
        var x = new double[norms.Length - first];
        var y = new double[norms.Length - first];
        for (int i = first; i < norms.Length; i++)
        {
            x[i - first] = i;
            y[i - first] = norms[i] < LeastExact ? double.NaN : ReproducibleMath.Log(norms[i]);
        }

        return ReproducibleMath.Exp(LineFit.Through(x, y).Slope);
    }
}
