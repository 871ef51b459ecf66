using Fukami.Tensors;

namespace Fukami.Course;

/// <summary>The weight that the second of three tokens gives to the first under a causal mask, from given scores. (Vaswani et al. 2017, eq. 1)</summary>
internal sealed class AttentionWeightByHand : INumberGenerator
{
    private const int Query = 1;
    private const int Key = 0;
    private const int Tokens = 3;

    /// <inheritdoc/>
    public string Name => "attention-weight-by-hand";

    /// <inheritdoc/>
    public IReadOnlyList<NumberArgument> Arguments { get; } = [new("d", 4, 1, 16)];

    /// <inheritdoc/>
    public NumberCase Draw(ulong seed, IReadOnlyList<int> arguments)
    {
        int d = arguments[0];
        double scale = 1 / Math.Sqrt(d);
        RandomSource random = new RandomSource(seed).Split("attention-weight-by-hand");
        SmallAttention drawn;
        float[] products;
        float[] pattern;
        ulong attempt = 0;
        do
        {
            drawn = new SmallAttention(random.Split(attempt++), d, causal: true);
            products = drawn.Scores(1);
            pattern = drawn.Pattern(scale);
        }
        while (pattern[(Query * Tokens) + Key] is < 0.1f or > 0.9f || products[(Query * Tokens) + Key] == products[(Query * Tokens) + Query]);

        float[] scores = drawn.Scores(scale);
        double key = pattern[(Query * Tokens) + Key];
        return new NumberCase(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["products"] = HandNumbers.Vector(products[(Query * Tokens)..((Query + 1) * Tokens)]),
                ["d"] = HandNumbers.Show(d, 0),
                ["root"] = HandNumbers.Show(Math.Sqrt(d), 2),
                ["first"] = HandNumbers.Show(scores[(Query * Tokens) + Key], 2),
                ["second"] = HandNumbers.Show(scores[(Query * Tokens) + Query], 2),
                ["key"] = HandNumbers.Show(key, 2),
            },
            key,
            [
                new NumberMistake(drawn.PatternMaskedAfterwards(scale)[(Query * Tokens) + Key], "mask-after-softmax"),
                new NumberMistake(drawn.Pattern(1.0 / d)[(Query * Tokens) + Key], "scales-by-1-over-d"),
                new NumberMistake(drawn.PatternOverQueries(scale)[(Query * Tokens) + Key], "softmax-over-the-wrong-axis"),
                new NumberMistake(drawn.Pattern(1)[(Query * Tokens) + Key], "scaling-is-for-speed"),
            ]);
    }
}
