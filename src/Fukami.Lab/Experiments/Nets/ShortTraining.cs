using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>How the nets of an experiment are trained.</summary>
internal sealed record ShortTraining
{
    /// <summary>Changes of the parameters.</summary>
    public required int Steps { get; init; }

    /// <summary>Examples of a step.</summary>
    public required int Batch { get; init; }

    /// <summary>The learning rate after the warm-up.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Steps in which the learning rate rises from nearly 0; constant after.</summary>
    public int WarmUp { get; init; }

    /// <summary>Adam's β₂.</summary>
    public double Beta2 { get; init; } = 0.98;

    /// <summary>Largest norm of the whole gradient; 0: no clipping.</summary>
    public double Clip { get; init; }

    /// <summary>
    /// Trains a model with Adam on a source and gives the loss of every step, before its change, in nats. A loss that is not finite ends the training;
    /// the steps that are left then repeat it, so that all curves are of one length.
    /// </summary>
    /// <param name="tape">The thread's tape.</param>
    /// <param name="model">The model; it is changed.</param>
    /// <param name="source">Where the examples come from.</param>
    /// <param name="random">Draws the examples and what is dropped.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <param name="afterStep">Called after each step, with its number from 1 and its loss.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double[] Train(Tape tape, Transformer model, ITrainingSource source, RandomSource random, CancellationToken cancellation, Action<int, double>? afterStep = null)
    {
        var losses = new double[Steps];
        var optimizer = new AdamW(model.Parameters, beta2: (float)Beta2, weightDecay: 0, team: tape.Team);
        TokenBatch batch = source.CreateBatch(Batch);
        for (int step = 0; step < Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            RandomSource ofStep = random.Split((ulong)step);
            source.Fill(batch, ofStep.Split("examples"));
            tape.Begin(training: true, ofStep.Split("dropout"));
            Tensor loss = model.Loss(tape, batch);
            losses[step] = loss.Values[0];
            if (!double.IsFinite(losses[step]))
            {
                losses.AsSpan(step).Fill(losses[step]);
                break;
            }

            tape.Backward(loss);
            float rate = (float)(step < WarmUp ? LearningRate * (step + 1) / (WarmUp + 1.0) : LearningRate);
            if (Clip > 0)
            {
                double norm = optimizer.GradientNorm();
                optimizer.Step(rate, norm > Clip ? (float)(Clip / norm) : 1);
            }
            else
            {
                optimizer.Step(rate);
            }

            afterStep?.Invoke(step + 1, losses[step]);
        }

        return losses;
    }

    /// <summary>The mean loss over held-out examples in inference mode, in nats.</summary>
    /// <param name="tape">The thread's tape.</param>
    /// <param name="model">The model.</param>
    /// <param name="source">Where the examples come from.</param>
    /// <param name="examples">So many of the held-out examples, from the first on.</param>
    public static double HeldOutLoss(Tape tape, Transformer model, ITrainingSource source, int examples)
    {
        TokenBatch batch = source.CreateBatch(Math.Min(examples, source.ValidationExamples));
        source.FillValidation(batch, 0);
        tape.Begin();
        return model.Loss(tape, batch).Values[0];
    }
}
