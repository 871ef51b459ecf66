using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Roughly how much arithmetic a net takes: good enough to tell seconds from minutes.</summary>
internal static class NetOperations
{
    /// <summary>Floating-point operations of one forward pass.</summary>
    public static double Forward(TransformerSettings net, int batch)
    {
        double width = net.Width, tokens = (double)batch * net.Length;
        double layer = (4 * width * width) + (2 * width * net.FeedForwardWidth) + (2 * width * net.Length);
        return 2 * tokens * ((net.Depth * layer) + (width * net.Vocabulary));
    }

    /// <summary>Floating-point operations of a training of some steps: forward, and backward at twice the cost.</summary>
    public static double Training(TransformerSettings net, int batch, int steps) => 3 * steps * Forward(net, batch);
}
