namespace Fukami.Lab;

/// <summary>
/// The gradients that mean-field theory predicts of a fresh net, relative ones: only their ratios mean something. The recurrent weights are the same
/// at every time step, so gradients of different steps correlate, and the theory follows the product of every two steps' gradients.
/// </summary>
/// <param name="settings">The net.</param>
internal sealed class RecurrentPrediction(RecurrentSettings settings)
{
    private readonly StepMoments[,] moments = Forward(settings);
    private (double[][] Output, double[] TopHidden)? ofAllLosses;
    private (double[][] Output, double[] TopHidden)? ofLastLoss;

    private (double[][] Output, double[] TopHidden) OfAllLosses => ofAllLosses ??= Backward(0);

    private (double[][] Output, double[] TopHidden) OfLastLoss => ofLastLoss ??= Backward(settings.Length - 1);

    /// <summary>‖∂L/∂x_l‖ over all time steps, l = 0 (the embeddings) to depth, for the mean loss of all steps.</summary>
    public double[] ByLayer() => [.. OfAllLosses.Output.Select(squares => Math.Sqrt(squares.Sum()))];

    /// <summary>‖∂L/∂e‖ of the embedding, by its distance from the last time step, whose loss alone counts.</summary>
    public double[] EmbeddingByDistance() => ByDistance(OfLastLoss.Output[0]);

    /// <summary>The same of the last layer's hidden state.</summary>
    public double[] HiddenByDistance() => ByDistance(OfLastLoss.TopHidden);

    private static double[] ByDistance(double[] squares) => [.. squares.Reverse().Select(Math.Sqrt)];

    // squared gradients at every layer's output (0: the embedding) and at the last layer's h, by time; losses from one step on, all alike and independent
    private (double[][] Output, double[] TopHidden) Backward(int firstLoss)
    {
        int depth = settings.Depth, length = settings.Length;
        var above = new double[length, length]; // E of the product of two steps' gradients at the layer's output, from above
        for (int t = firstLoss; t < length; t++)
        {
            above[t, t] = 1;
        }

        var output = new double[depth + 1][];
        double[] topHidden = [];
        for (int l = depth - 1; l >= 0; l--)
        {
            (double[,] below, double[] hidden) = Through(l, above);
            output[l + 1] = settings.HasSkip ? Diagonal(above) : hidden; // without a skip path a layer's output is its hidden state
            topHidden = l == depth - 1 ? hidden : topHidden;
            if (settings.HasSkip)
            {
                for (int t = 0; t < length; t++)
                {
                    for (int s = 0; s < length; s++)
                    {
                        below[t, s] += above[t, s];
                    }
                }
            }

            above = below;
        }

        output[0] = Diagonal(above);
        return (output, topHidden);
    }

    // from a layer's output to its input, and the squared gradients of its hidden state
    private (double[,] Below, double[] Hidden) Through(int layer, double[,] above)
    {
        int length = settings.Length;
        var v = new double[length + 1, length + 1];  // E v_t·v_s
        var vm = new double[length + 1, length + 1]; // E v_t·m_s
        var m = new double[length + 1, length + 1];  // E m_t·m_s
        var below = new double[length, length];
        for (int sum = (2 * length) - 2; sum >= 0; sum--)
        {
            for (int t = Math.Max(0, sum - length + 1); t <= Math.Min(sum, length - 1); t++)
            {
                int s = sum - t;
                StepMoments atOther = moments[layer, s];
                StepMoments next = t + 1 < length ? moments[layer, t + 1] : default, nextOther = s + 1 < length ? moments[layer, s + 1] : default;
                v[t, s] = above[t, s] + (t == s
                    ? (next.RecurrentFromHidden * v[t + 1, s + 1]) + (next.RecurrentFromMemory * m[t + 1, s + 1])
                    : next.RecurrentMean * nextOther.RecurrentMean * m[t + 1, s + 1]);
                vm[t, s] = (atOther.PassMean * v[t, s]) + (nextOther.KeepMean * vm[t, s + 1]);
            }

            for (int t = Math.Max(0, sum - length + 1); t <= Math.Min(sum, length - 1); t++)
            {
                int s = sum - t;
                StepMoments at = moments[layer, t], atOther = moments[layer, s];
                StepMoments next = t + 1 < length ? moments[layer, t + 1] : default, nextOther = s + 1 < length ? moments[layer, s + 1] : default;
                m[t, s] = ((t == s ? at.PassSquare : at.PassMean * atOther.PassMean) * v[t, s])
                    + (at.PassMean * nextOther.KeepMean * vm[t, s + 1])
                    + (atOther.PassMean * next.KeepMean * vm[s, t + 1])
                    + ((t == s ? next.KeepSquare : next.KeepMean * nextOther.KeepMean) * m[t + 1, s + 1]);
                below[t, s] = t == s
                    ? (at.InputFromHidden * v[t, t]) + (at.InputFromMemory * m[t, t])
                    : at.InputMean * atOther.InputMean * m[t, s];
            }
        }

        // the gradient of an LSTM's h is v; in the other cells the state is the memory
        return (below, Diagonal(settings.Cell is "lstm" ? v : m)[..length]);
    }

    private static double[] Diagonal(double[,] square) => [.. Enumerable.Range(0, square.GetLength(0)).Select(i => square[i, i])];

    private static StepMoments[,] Forward(RecurrentSettings settings)
    {
        var steps = new StepMoments[settings.Depth, settings.Length];
        var input = new double[settings.Length];
        Array.Fill(input, settings.InputScale * settings.InputScale);
        for (int l = 0; l < settings.Depth; l++)
        {
            StepMoments before = default;
            for (int t = 0; t < settings.Length; t++)
            {
                before = steps[l, t] = CellMoments.Step(settings, input[t], before);
                input[t] = before.Hidden + (settings.HasSkip ? input[t] : 0);
            }
        }

        return steps;
    }
}
