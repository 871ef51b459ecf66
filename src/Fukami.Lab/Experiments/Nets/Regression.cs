using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>Trains a <see cref="MultilayerNet"/> to map inputs to targets in the mean square, with Adam.</summary>
/// <param name="width">Features of inputs and of targets.</param>
/// <param name="fill">Draws inputs and targets, (examples, width) each.</param>
internal sealed class Regression(int width, Regression.FillExamples fill)
{
    private const int HeldOut = 1024;

    /// <summary>Draws examples.</summary>
    /// <param name="inputs">(examples, width), to be filled.</param>
    /// <param name="targets">(examples, width), to be filled.</param>
    /// <param name="random">Where from.</param>
    public delegate void FillExamples(Span<float> inputs, Span<float> targets, RandomSource random);

    /// <summary>
    /// Trains a net on fresh examples in every step. Ends early where nothing can change any more: at a loss of exactly 0, which has no gradient,
    /// and at one that is not finite.
    /// </summary>
    /// <param name="tape">The thread's tape.</param>
    /// <param name="net">The net; it is changed.</param>
    /// <param name="steps">Changes of the parameters.</param>
    /// <param name="batch">Examples of a step.</param>
    /// <param name="learningRate">Adam's.</param>
    /// <param name="random">Draws the examples.</param>
    /// <param name="afterStep">Called after each step, with its number from 1 and its loss.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Train(Tape tape, MultilayerNet net, int steps, int batch, float learningRate, RandomSource random, Action<int, double> afterStep, CancellationToken cancellation)
    {
        var optimizer = new AdamW(net.Parameters, weightDecay: 0, team: tape.Team);
        var inputs = new float[batch * width];
        var targets = new float[batch * width];
        var gradient = new float[batch * width];
        for (int step = 1; step <= steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            fill(inputs, targets, random.Split((ulong)step));
            tape.Begin(training: true);
            Tensor output = net.Forward(tape.Input(inputs, new Shape(batch, width)));
            double loss = Loss(output.Values, targets, gradient);
            if (loss == 0 || !double.IsFinite(loss))
            {
                return;
            }

            tape.Backward(output, gradient);
            optimizer.Step(learningRate);
            afterStep(step, loss);
        }
    }

    /// <summary>The mean square error on held-out examples.</summary>
    public double Error(Tape tape, MultilayerNet net, RandomSource random)
    {
        var inputs = new float[HeldOut * width];
        var targets = new float[HeldOut * width];
        fill(inputs, targets, random.Split("held-out"));
        tape.Begin();
        return Loss(net.Forward(tape.Input(inputs, new Shape(HeldOut, width))).Values, targets, []);
    }

    /// <summary>The mean square error on held-out examples of who always answers 0.</summary>
    public double ErrorOfZero(RandomSource random)
    {
        var inputs = new float[HeldOut * width];
        var targets = new float[HeldOut * width];
        fill(inputs, targets, random.Split("held-out"));
        return Loss(new float[HeldOut * width], targets, []);
    }

    // mean (y − t)², and its gradient 2(y − t)/n where there is room for it
    private static double Loss(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        double sum = 0;
        float factor = 2f / outputs.Length;
        for (int i = 0; i < outputs.Length; i++)
        {
            float difference = outputs[i] - targets[i];
            sum += (double)difference * difference;
            if (!gradient.IsEmpty)
            {
                gradient[i] = factor * difference;
            }
        }

        return sum / outputs.Length;
    }
}
