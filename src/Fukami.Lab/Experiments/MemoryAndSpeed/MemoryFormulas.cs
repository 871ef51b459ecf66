using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What a net and its training hold, from its settings alone. (docs/experiments/memory-and-speed.md)</summary>
internal static class MemoryFormulas
{
    /// <summary>
    /// Numbers that are learned, of a decoder without biases and positions: 2·V·d for the two tables, 4d² + 2·d·f a layer, d for each normalization
    /// (d + 1 where it learns its slope), and rezero's factors.
    /// </summary>
    public static long Parameters(TransformerSettings net)
    {
        long d = net.Width, f = net.FeedForwardWidth, layers = net.Depth;
        long matrices = net.Activation is "swiglu" or "geglu" or "geglu-tanh" ? 3 : 2;
        long norms = net.Residual switch
        {
            "none" or "plain" or "rezero" => 0,
            "none-norm" or "post" or "deepnorm" => 2 * layers,
            "sandwich" => (4 * layers) + 1,
            "parallel" => layers + 1,
            _ => (2 * layers) + 1,
        };
        long gain = net.Norm switch
        {
            "none" => 0,
            "dyt" => d + 1,
            _ => d,
        };
        long factors = net.Residual is "rezero" ? 2 * layers : 0;
        return (2 * net.Vocabulary * d) + (layers * ((4 * d * d) + (matrices * d * f))) + (norms * gain) + factors;
    }

    /// <summary>
    /// Bytes of a training pass: every named point once for its value and once for its gradient. A point that is another's value under a second name counts once;
    /// a branch's output has no gradient of its own, because a sum passes its gradient on unchanged.
    /// </summary>
    public static double PassBytes(TransformerSettings net, int batch, int length)
    {
        double numbers = 0;
        IReadOnlyList<PointDescription> points = PointTable.Of(net);
        var names = points.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

        // a layer's input is the output before it; where a sum is normalized, the result has the normalization's name too
        foreach (PointDescription point in points.Where(p => !p.Name.EndsWith(".resid_pre", StringComparison.Ordinal) && !names.Contains(p.Name + "_sum")))
        {
            bool branch = point.Name.EndsWith("attn_out", StringComparison.Ordinal) || point.Name.EndsWith("mlp_out", StringComparison.Ordinal);
            numbers += Count(point.Shape, net, batch, length) * (branch ? 1 : 2);
        }

        return sizeof(float) * numbers;
    }

    /// <summary>Whether names and what a pass keeps match one to one, so that <see cref="PassBytes"/> counts them all.</summary>
    public static bool NamesEverything(TransformerSettings net) =>
        net.Residual is "plain" or "post" or "pre" or "sandwich" && net.Norm is "layer" or "rms" or "rms-offset";

    private static double Count(string shape, TransformerSettings net, int batch, int length) =>
        shape.Trim('(', ')').Split(", ").Aggregate(1.0, (product, extent) => product * extent switch
        {
            "batch" => batch,
            "length" => length,
            "heads" => net.Heads,
            "1" => 1,
            "feed_forward_width" => net.FeedForwardWidth,
            "vocabulary" => net.Vocabulary,
            _ => net.Width, // width, and heads · head_width
        });

    /// <summary>Floating-point operations a token of a forward pass: 2 a weight, and what attention does with the positions that a token sees, half of the length on average.</summary>
    public static double OperationsPerToken(TransformerSettings net, double length) =>
        2 * ((Parameters(net) - ((double)net.Vocabulary * net.Width)) + (net.Depth * 2.0 * net.Width * length / 2));
}
