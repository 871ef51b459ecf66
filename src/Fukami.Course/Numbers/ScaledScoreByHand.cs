using Fukami.Tensors;

namespace Fukami.Course;

/// <summary>The score q·k/√d of one query and one key. (Vaswani et al. 2017)</summary>
internal sealed class ScaledScoreByHand : INumberGenerator
{
    /// <inheritdoc/>
    public string Name => "scaled-score-by-hand";

    /// <inheritdoc/>
    public IReadOnlyList<NumberArgument> Arguments { get; } = [new("d", 4, 2, 16)];

    /// <inheritdoc/>
    public NumberCase Draw(ulong seed, IReadOnlyList<int> arguments)
    {
        int d = arguments[0];
        RandomSource random = new RandomSource(seed).Split("scaled-score-by-hand");
        SmallAttention drawn;
        float product;
        ulong attempt = 0;
        do
        {
            drawn = new SmallAttention(random.Split(attempt++), d, causal: false);
            product = drawn.Scores(1)[0];
        }
        while (Math.Abs(product) < 2);

        double key = drawn.Scores(1 / Math.Sqrt(d))[0];
        return new NumberCase(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["q"] = HandNumbers.Vector(drawn.Row(drawn.Query, 0)),
                ["k"] = HandNumbers.Vector(drawn.Row(drawn.Key, 0)),
                ["product"] = HandNumbers.Show(product, 0),
                ["d"] = HandNumbers.Show(d, 0),
                ["root"] = HandNumbers.Show(Math.Sqrt(d), 2),
                ["key"] = HandNumbers.Show(key, 2),
            },
            key,
            [
                new NumberMistake(drawn.Scores(1.0 / d)[0], "scales-by-1-over-d"),
                new NumberMistake(product, "scaling-is-for-speed"),
            ]);
    }
}
