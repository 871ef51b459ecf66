using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Course;

/// <summary>
/// The first feature of a token after layer normalization, (x₁ − mean)/√(variance + ε), with a second token beside it that does not matter.
/// (Ba et al. 2016)
/// </summary>
internal sealed class LayerNormByHand : INumberGenerator
{
    private const float Epsilon = 1e-5f;
    private const int Largest = 6;

    /// <inheritdoc/>
    public string Name => "layer-norm-by-hand";

    /// <inheritdoc/>
    public IReadOnlyList<NumberArgument> Arguments { get; } = [new("features", 4, 2, 8)];

    /// <inheritdoc/>
    public NumberCase Draw(ulong seed, IReadOnlyList<int> arguments)
    {
        int width = arguments[0];
        RandomSource random = new RandomSource(seed).Split("layer-norm-by-hand");
        float[] token;
        float[] other;
        ulong attempt = 0;
        do
        {
            token = HandNumbers.Draw(random.Split(attempt).Split("token"), width, Largest);
            other = HandNumbers.Draw(random.Split(attempt).Split("other"), width, Largest);
            attempt++;
        }
        while (token.Max() - token.Min() < 3 || token[0] == other[0]);

        float[] both = [.. token, .. other]; // (2, width)
        double mean = token.Average(value => (double)value);
        double variance = token.Average(value => (value - mean) * (value - mean));
        double key = Normalized(both, new Shape(1, 2, width))[0];
        double overBatch = Normalized([.. Enumerable.Range(0, width).SelectMany(f => new[] { token[f], other[f] })], new Shape(1, width, 2))[0];
        return new NumberCase(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["features"] = HandNumbers.Vector(token),
                ["other"] = HandNumbers.Vector(other),
                ["mean"] = HandNumbers.Show(mean, 2),
                ["variance"] = HandNumbers.Show(variance, 2),
                ["key"] = HandNumbers.Show(key, 2),
            },
            key,
            [
                new NumberMistake(overBatch, "normalizes-over-the-batch"),
                new NumberMistake((token[0] - mean) / Math.Sqrt((variance * width / (width - 1)) + Epsilon), "variance-with-n-minus-1"),
                new NumberMistake(token[0] / Math.Sqrt(token.Average(value => (double)value * value) + Epsilon), "rms-centres"),
            ]);
    }

    // by the engine's own layer, γ = 1 and no β
    private static float[] Normalized(float[] rows, Shape shape)
    {
        var scope = new ModelScope();
        var norm = new LayerNormalization(scope, shape.Columns, Epsilon, bias: false);
        foreach (Parameter gain in scope.Parameters())
        {
            gain.Values.Fill(1);
        }

        var tape = new Tape();
        tape.Begin();
        return norm.Forward(tape.Input(rows, shape)).Values.ToArray();
    }
}
