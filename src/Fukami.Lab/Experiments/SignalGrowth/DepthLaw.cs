using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>How the size of a fresh net's stream depends on depth, as a formula with its two ends. (docs/experiments/signal-growth.md §1)</summary>
/// <param name="Formula">The law.</param>
/// <param name="Bound">What it allows.</param>
/// <param name="OfStream">Whether it is about the stream itself, which a normalization has set, and not about its growth.</param>
/// <param name="Why">Why it is so.</param>
internal sealed record DepthLaw(string Formula, Bound Bound, bool OfStream, LocalizedText Why)
{
    /// <summary>The law of a net, or null where there is none here: normalizations over something else than a row, other activations.</summary>
    public static DepthLaw? Of(Arrangement arrangement, TransformerSettings net)
    {
        if (ActivationKernel.Of(net.Activation) is not { } kernel || net.Positions is "sinusoidal")
        {
            return null;
        }

        var gains = new WeightGains(net);
        int depth = net.Depth;
        double start = gains.Embedding + gains.Position, a = gains.Attention;

        // GELU passes a quarter of small numbers' second moment and half of large ones'; ReLU half of any
        double most = 0.5 * gains.Up * gains.Down, least = net.Activation is "relu" ? most : most / 2;
        double Added(double variance) => gains.Down * kernel(gains.Up * variance, gains.Up * variance, gains.Up * variance);
        bool rows = arrangement.NormalizesRows;

        // in a net of finite width a product of L factors varies from net to net: deviation of its logarithm ≤ √(7.25·L/width)
        double spread = ReproducibleMath.Exp(2 * Math.Sqrt(7.25 * depth / net.Width));
        switch (arrangement.Residual)
        {
            case "rezero":
                return new DepthLaw("s_L = s₀", Bound.Around(1, 0), false, new(
                    "Every branch begins with the factor 0, so every layer begins as the identity.",
                    "どの枝も係数 0 から始まるので、どの層も恒等写像として始まります。"));
            case "none":
                return new DepthLaw("s_L/s₀ ≤ (a·m)^L·e^s", Bound.AtMost(Power(a * most, depth) * spread), false, new(
                    "Each layer multiplies the size by at most a·m, and nothing is added: a power of the depth.",
                    "各層は大きさをせいぜい a·m 倍するだけで何も足さないため、深さの累乗になります。"));
            case "plain":
                return new DepthLaw("(1 + m)^L·e^−s ≤ s_L/s₀ ≤ ((1 + a)(1 + m))^L·e^s", new Bound(Power(1 + least, depth) / spread, Power((1 + a) * (1 + most), depth) * spread), false, new(
                    "Without normalization a branch grows with the stream that it reads, so each layer multiplies: compound interest.",
                    "正規化がないと枝の出力は読み込むストリームとともに大きくなり、各層が掛け算になります。複利と同じです。"));
            case "post" or "deepnorm" or "none-norm" when rows:
                return new DepthLaw("s_L = 1", Bound.Around(1, 0.01), true, new(
                    "The last thing that a layer does is to normalize, so the size is forgotten in every layer.",
                    "層の最後の処理が正規化なので、大きさは層ごとにリセットされます。"));
            case "pre" or "parallel" when rows:
                return Sum("s_L/s₀ = 1 + c·L/s₀, m ≤ c ≤ a + m", depth * Added(1), depth * (a + Added(1)), new(
                    "A branch reads a normalized stream, so it adds the same whatever the stream's size: a sum, linear in depth.",
                    "枝は正規化されたストリームを読むので、ストリームの大きさによらず同じ量を足します。深さに比例する和になります。"));
            case "sandwich" when rows:
                return Sum("s_L/s₀ = 1 + 2L/s₀", 2 * depth, 2 * depth, new(
                    "What each of the 2L branches adds is normalized to 1.",
                    "2L 本の枝それぞれが足す量は、正規化によって 1 になります。"));
            case "scaled-pre" when rows:
                double low = 0, high = 0;
                for (int l = 1; l <= depth; l++)
                {
                    low += Added(1.0 / l);
                    high += (a / l) + Added(1.0 / l);
                }

                return Sum("s_L/s₀ = 1 + c·(1 + ½ + … + 1/L)/s₀, m ≤ c ≤ a + m", low, high, new(
                    "Layer l reads the normalized stream divided by √l and adds the l-th part: the harmonic sum, which grows as ln L.",
                    "第 l 層は正規化後の値を √l で割って読むため、足す量は l 分の 1 になります。和は調和級数となり、ln L で増えます。"));
            default:
                return null;
        }

        DepthLaw Sum(string formula, double least, double most, LocalizedText why)
        {
            // in a net of finite width the branches are not quite orthogonal to the stream: relative deviation of the sum ≤ √(2/width)
            double slack = 2 * Math.Sqrt(2.0 / net.Width);
            return new DepthLaw(
                formula,
                new Bound((1 - Math.Min(slack, 1)) * (1 + (least / start)), (1 + slack) * (1 + (most / start))),
                false,
                why);
        }
    }

    private static double Power(double x, int n)
    {
        double power = 1;
        for (int i = 0; i < n; i++)
        {
            power *= x;
        }

        return power;
    }
}
