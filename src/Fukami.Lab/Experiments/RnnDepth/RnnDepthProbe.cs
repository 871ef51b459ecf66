using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Reads the gradients off three passes of a fresh net: all steps' loss, the last step's, and the last step's with the middle step held constant.</summary>
internal static class RnnDepthProbe
{
    /// <summary>A recurrent stack.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled between two passes.</exception>
    public static RnnDepthFinding Measure(Tape tape, RecurrentNet net, TokenBatch batch, CancellationToken cancellation)
    {
        int depth = net.Settings.Depth, length = net.Settings.Length, middle = length / 2;
        Backward(lastOnly: false);
        double[] byLayer = [.. Enumerable.Range(-1, depth + 1).Select(l => Norm(Enumerable.Range(0, length).Select(t => tape[net.OutputPoint(l, t)])))];

        Backward(lastOnly: true);
        double[] embedding = [.. Enumerable.Range(0, length).Select(k => Norm([tape[net.OutputPoint(-1, length - 1 - k)]]))];
        double[] state = [.. Enumerable.Range(0, length).Select(k => Norm([tape[net.HiddenPoint(depth - 1, length - 1 - k)]]))];

        foreach (string point in Enumerable.Range(0, depth).SelectMany(l => net.StatePoints(l, middle)))
        {
            tape.Replace(point, static tensor => tensor.Tape.Input(tensor.Values, tensor.Shape));
        }

        Backward(lastOnly: true);
        tape.ClearReplacements();
        double left = Norm(Enumerable.Range(0, middle).Select(t => tape[net.OutputPoint(-1, t)]));
        return new RnnDepthFinding(byLayer, embedding, state, left / Norm(embedding.AsSpan(length - middle)));

        void Backward(bool lastOnly)
        {
            cancellation.ThrowIfCancellationRequested();
            Clear(net.Parameters);
            tape.Begin(training: true);
            tape.Backward(net.Loss(tape, batch, lastOnly));
        }
    }

    /// <summary>A Transformer.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled between two passes.</exception>
    public static RnnDepthFinding Measure(Tape tape, Transformer model, TokenBatch batch, CancellationToken cancellation)
    {
        int depth = model.Settings.Depth, length = model.Settings.Length, width = model.Settings.Width, middle = length / 2;
        Backward(batch);
        double[] byLayer = [.. Enumerable.Range(0, depth + 1).Select(l => Norm([tape[StreamPoint(l)]]))];

        var last = new TokenBatch(batch.Batch, length);
        batch.Ids.CopyTo(last.Ids, 0);
        for (int i = 0; i < last.Targets.Length; i++)
        {
            last.Targets[i] = i % length == length - 1 ? batch.Targets[i] : TokenBatch.NotCounted;
        }

        Backward(last);
        double[] embedding = ByDistance(tape[StreamPoint(0)].Gradient);

        for (int l = 0; l < depth; l++)
        {
            tape.Replace(StreamPoint(l), HoldMiddle);
        }

        // the point itself is what came of the replacement: the embedding before it has the gradient that is left
        Backward(last);
        tape.ClearReplacements();
        double[] left = ByDistance(tape["embed"].Gradient);
        int before = length - middle; // distances of the positions before the middle one
        return new RnnDepthFinding(byLayer, embedding, null, Norm(left.AsSpan(before)) / Norm(embedding.AsSpan(before)));

        void Backward(TokenBatch text)
        {
            cancellation.ThrowIfCancellationRequested();
            Clear(model.Parameters);
            tape.Begin(training: true);
            tape.Backward(model.Loss(tape, text));
        }

        double[] ByDistance(ReadOnlySpan<float> gradient)
        {
            var squares = new double[length];
            for (int i = 0; i < gradient.Length; i++)
            {
                squares[length - 1 - (i / width % length)] += (double)gradient[i] * gradient[i];
            }

            return [.. squares.Select(Math.Sqrt)];
        }

        // x at every position but the middle one, where it is a constant of the same value
        Tensor HoldMiddle(Tensor x)
        {
            var open = new float[x.Shape.Count];
            var held = new float[x.Shape.Count];
            ReadOnlySpan<float> values = x.Values;
            for (int i = 0; i < open.Length; i++)
            {
                bool isMiddle = i / width % length == middle;
                open[i] = isMiddle ? 0 : 1;
                held[i] = isMiddle ? values[i] : 0;
            }

            return (x * x.Tape.Input(open, x.Shape)) + x.Tape.Input(held, x.Shape);
        }
    }

    // 0: the first layer's input; l: layer l's output, which the next layer's input is
    private static string StreamPoint(int index) => index == 0
        ? "blocks.0.resid_pre"
        : string.Create(CultureInfo.InvariantCulture, $"blocks.{index - 1}.resid_post");

    private static void Clear(IReadOnlyList<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters)
        {
            parameter.ClearGradient();
        }
    }

    // a gradient that nothing reached is empty, and zero
    private static double Norm(IEnumerable<Tensor> tensors)
    {
        double sum = 0;
        foreach (Tensor tensor in tensors)
        {
            foreach (float g in tensor.Gradient)
            {
                sum += (double)g * g;
            }
        }

        return Math.Sqrt(sum);
    }

    private static double Norm(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double number in numbers)
        {
            sum += number * number;
        }

        return Math.Sqrt(sum);
    }
}
