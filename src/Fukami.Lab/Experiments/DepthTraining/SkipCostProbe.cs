using System.Diagnostics;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Times training steps with and without a skip path in turns, so that whatever else the machine does meets both alike. Of each round the
/// quickest step of either counts: on a busy machine the others hold other programs' time too.
/// </summary>
/// <param name="training">What is trained, its net with any arrangement.</param>
internal sealed class SkipCostProbe(MarkovTraining training)
{
    private const int Rounds = 15;
    private const int StepsOfRound = 8;

    /// <summary>Roughly how many floating-point operations it takes.</summary>
    public double Operations => 2 * NetOperations.Training(training.Net, training.Training.Batch, (Rounds + 1) * StepsOfRound);

    /// <summary>Roughly how many bytes it takes.</summary>
    public double Bytes => 2 * MemoryBudget.OfNet(training.Net, training.Training.Batch, copies: 4);

    /// <summary>Measures.</summary>
    public SkipCost Measure(TrialContext context, SeedDraws draws)
    {
        Trainee with = NewTrainee("plain"), without = NewTrainee("none");
        var source = new MarkovSource("decoder", training.Net.Vocabulary, training.Net.Length, training.Temperature, draws.Number(0));
        TokenBatch batch = source.CreateBatch(training.Training.Batch);
        source.Fill(batch, draws.Random(0).Split("cost"));
        Round(); // memory, caches and code become warm
        double[] secondsWith = new double[Rounds], secondsWithout = new double[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            (secondsWith[i], secondsWithout[i]) = Round();
        }

        return new SkipCost(secondsWith, secondsWithout, with.Memory(batch, skip: true), without.Memory(batch, skip: false));

        (double With, double Without) Round()
        {
            (double With, double Without) least = (double.PositiveInfinity, double.PositiveInfinity);
            for (int i = 0; i < StepsOfRound; i++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                least = (Math.Min(least.With, with.Step(batch)), Math.Min(least.Without, without.Step(batch)));
            }

            return least;
        }

        Trainee NewTrainee(string residual)
        {
            Transformer model = Transformer.Blank(training.Net with { Residual = residual });
            draws.Initialize(model, 0);
            return new Trainee(context.Tape, model);
        }
    }

    /// <summary>A net in training. Both share a tape: its memory is warm for both.</summary>
    private sealed class Trainee(Tape tape, Transformer model)
    {
        // so small a rate that the numbers stay what they were: the cost of a number that overflows is another question
        private const float Rate = 1e-6f;

        private readonly AdamW optimizer = new(model.Parameters, beta2: 0.98f, weightDecay: 0, team: tape.Team);

        public double Step(TokenBatch batch)
        {
            long start = Stopwatch.GetTimestamp();
            tape.Begin(training: true);
            tape.Backward(model.Loss(tape, batch));
            optimizer.Step(Rate);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        public PassMemory Memory(TokenBatch batch, bool skip)
        {
            Step(batch);
            return new PassMemory(tape.PassBytes, PassMemory.Predict(model.Settings, batch.Batch, skip));
        }
    }
}
