using Fukami.Tensors;

namespace Fukami.Course;

/// <summary>The first feature of what attention gives the second of three tokens under a causal mask. (Vaswani et al. 2017, eq. 1)</summary>
internal sealed class AttentionOutputByHand : INumberGenerator
{
    private const int Query = 1;
    private const int Tokens = 3;

    /// <inheritdoc/>
    public string Name => "attention-output-by-hand";

    /// <inheritdoc/>
    public IReadOnlyList<NumberArgument> Arguments { get; } = [new("d", 2, 2, 4)];

    /// <inheritdoc/>
    public NumberCase Draw(ulong seed, IReadOnlyList<int> arguments)
    {
        int d = arguments[0];
        double scale = 1 / Math.Sqrt(d);
        RandomSource random = new RandomSource(seed).Split("attention-output-by-hand");
        SmallAttention drawn;
        float[] pattern;
        ulong attempt = 0;
        do
        {
            drawn = new SmallAttention(random.Split(attempt++), d, causal: true);
            pattern = drawn.Pattern(scale);
        }
        while (drawn.Value[0] == drawn.Value[d] || pattern[Query * Tokens] is < 0.1f or > 0.9f);

        double key = drawn.Output(scale)[Query * d];
        return new NumberCase(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["weights"] = $"({HandNumbers.Show(pattern[Query * Tokens], 2)}, {HandNumbers.Show(pattern[(Query * Tokens) + 1], 2)}, 0)",
                ["v1"] = HandNumbers.Vector(drawn.Row(drawn.Value, 0)),
                ["v2"] = HandNumbers.Vector(drawn.Row(drawn.Value, 1)),
                ["v3"] = HandNumbers.Vector(drawn.Row(drawn.Value, 2)),
                ["key"] = HandNumbers.Show(key, 2),
            },
            key,
            [
                new NumberMistake(drawn.Value[Query * d], "value-decides-attention"),
                new NumberMistake(drawn.Mixed(drawn.PatternMaskedAfterwards(scale), Query, 0), "mask-after-softmax"),
                new NumberMistake(drawn.Mixed(drawn.PatternOverQueries(scale), Query, 0), "softmax-over-the-wrong-axis"),
            ]);
    }
}
