using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Takes the first step of a fresh net and sees how far it moves the output: ‖f(x; θ + Δ) − f(x; θ)‖, where f are the logits and θ the
/// branches' weights. Embedding, output weights and the normalizations' gains stay, as in the theory. (Wang et al. 2022, section 4)
/// </summary>
internal sealed class FirstStepProbe(Tape tape, TransformerSettings net, TokenBatch batch, RandomSource weights, CancellationToken cancellation = default)
{
    /// <summary>
    /// Plain gradient descent's rate in units of Adam's: Adam moves every weight by the rate itself, gradient descent by the rate times a
    /// gradient that is thousands of times smaller. Both changes stay far above rounding and small enough to be linear in the rate.
    /// </summary>
    public const double SgdOverAdam = 1000;

    private readonly Transformer model = Transformer.Blank(net);

    /// <summary>Measures.</summary>
    /// <param name="rate">Adam's learning rate.</param>
    public FirstStep Measure(double rate)
    {
        Parameter[] branches = [.. model.Parameters.Where(p => p.Name.Contains(".attn.", StringComparison.Ordinal) || p.Name.Contains(".mlp.", StringComparison.Ordinal))];
        Backward();
        double[] stream = [RootMeanSquare(tape[Name(0, "resid_pre")].Values), .. Enumerable.Range(0, net.Depth).Select(l => RootMeanSquare(tape[Name(l, "resid_post")].Values))];
        double[] gradient = [.. Enumerable.Range(0, net.Depth).Select(l => Math.Sqrt(SumOfSquares(DownWeight(l).Gradient)))];
        double adam = Moved(new AdamW(branches, weightDecay: 0, team: tape.Team), rate);
        Backward();
        return new FirstStep(stream, gradient, adam, Moved(new Sgd(branches, team: tape.Team), SgdOverAdam * rate));
    }

    private static string Name(int layer, string point) => string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.{point}");

    private static double SumOfSquares(ReadOnlySpan<float> numbers)
    {
        double sum = 0;
        foreach (float x in numbers)
        {
            sum += (double)x * x;
        }

        return sum;
    }

    private static double RootMeanSquare(ReadOnlySpan<float> numbers) => Math.Sqrt(SumOfSquares(numbers) / numbers.Length);

    // a fresh net with the gradients of one pass
    private void Backward()
    {
        cancellation.ThrowIfCancellationRequested();
        model.Initialize(weights);
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.ClearGradient();
        }

        tape.Begin(training: true);
        tape.Backward(model.Loss(tape, batch));
    }

    private double Moved(Optimizer optimizer, double rate)
    {
        float[] before = tape["logits"].Values.ToArray();
        optimizer.Step((float)rate);
        cancellation.ThrowIfCancellationRequested();
        tape.Begin(training: true);
        float[] after = model.Forward(tape, batch).Values.ToArray();
        for (int i = 0; i < after.Length; i++)
        {
            after[i] -= before[i];
        }

        return RootMeanSquare(after);
    }

    private Parameter DownWeight(int layer) => model.Parameters.First(p => string.Equals(p.Name, Name(layer, "mlp.down.weight"), StringComparison.Ordinal));
}
