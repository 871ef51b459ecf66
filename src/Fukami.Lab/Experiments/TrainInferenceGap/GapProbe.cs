using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Holds a net's training mode against its inference mode on the same held-out examples. Leaves its running statistics as they were.</summary>
/// <param name="tape">The thread's tape.</param>
/// <param name="model">The net.</param>
/// <param name="source">Where the examples come from.</param>
/// <param name="examples">So many of the held-out examples for every batch size.</param>
/// <param name="cancellation">Stops between two passes.</param>
internal sealed class GapProbe(Tape tape, Transformer model, ITrainingSource source, int examples, CancellationToken cancellation = default)
{
    /// <summary>The relative change of the logits and the difference of the losses, over batches of one size.</summary>
    public (double Logits, double Loss) At(int size)
    {
        var statistics = new RunningStatistics(model);
        TokenBatch batch = source.CreateBatch(size);
        double difference = 0, whole = 0, loss = 0;
        int batches = Math.Max(1, examples / size);
        for (int i = 0; i < batches; i++)
        {
            source.FillValidation(batch, i * size);
            var (inference, lossInference) = Pass(batch, training: false);
            var (training, lossTraining) = Pass(batch, training: true);
            statistics.Restore();
            loss += (lossTraining - lossInference) / batches;
            for (int j = 0; j < inference.Length; j++)
            {
                double d = (double)training[j] - inference[j];
                difference += d * d;
                whole += (double)inference[j] * inference[j];
            }
        }

        return (difference == 0 ? 0 : Math.Sqrt(difference / whole), loss);
    }

    /// <summary>Lets the running statistics come to rest: passes in training mode that change no weight.</summary>
    public void Settle(int passes, int size, RandomSource random)
    {
        TokenBatch batch = source.CreateBatch(size);
        for (int i = 0; i < passes; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            source.Fill(batch, random.Split((ulong)i));
            tape.Begin(training: true);
            model.Forward(tape, batch);
            tape.Run();
        }
    }

    private (float[] Logits, double Loss) Pass(TokenBatch batch, bool training)
    {
        cancellation.ThrowIfCancellationRequested();
        tape.Begin(training);
        Tensor logits = model.Forward(tape, batch); // (batch, length, vocabulary)
        double loss = logits.CrossEntropy(batch.Targets).Values[0];
        return (logits.Values.ToArray(), loss);
    }
}
