using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What a forward and backward pass keeps beside parameters, their gradients and the optimizer's moments.</summary>
/// <param name="Bytes">Counted while it ran.</param>
/// <param name="Predicted">From the shapes alone.</param>
internal sealed record PassMemory(double Bytes, double Predicted)
{
    /// <summary>
    /// Bytes from the shapes of <c>plain</c> or <c>none</c> with d features, F between the feed-forward matrices, h heads, T tokens of a
    /// sentence, and V different tokens. (docs/experiments/depth-training.md §6)
    /// </summary>
    /// <param name="net">The net.</param>
    /// <param name="batch">Sentences.</param>
    /// <param name="skip">Whether each sublayer's sum is kept too.</param>
    public static double Predict(TransformerSettings net, int batch, bool skip)
    {
        double width = net.Width, inner = net.FeedForwardWidth, pattern = net.Heads * net.Length;

        // q, k, v, z and both branches; scores and pattern; before and behind the activation
        double values = (6 * width) + (2 * pattern) + (2 * inner);

        // a gradient for each; a branch has the bits of its sum's, and shares them
        double layer = (2 * values) + (skip ? 2 * width : 0);
        double ends = 2 * (width + net.Vocabulary);
        return sizeof(float) * (double)batch * net.Length * ((net.Depth * layer) + ends);
    }
}
